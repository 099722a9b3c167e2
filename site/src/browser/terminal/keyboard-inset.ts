/** Lower than this a page has a keyboard over it, or as little room as if it had. */
const shortPx = 480;
/** What a browser's own bars take when they come and go; a keyboard takes more. */
const barsPx = 100;

/** How much of the page's bottom the soft keyboard covers, where it does not make the page smaller. Pixels. */
export function coveredBottom(page: {
  innerHeight: number;
  height: number;
  offsetTop: number;
  scale: number;
}): number {
  // Pinched larger, the visible part is smaller for another reason.
  if (page.scale > 1.05) return 0;
  const covered = Math.round(page.innerHeight - page.height - page.offsetTop);
  return covered > barsPx ? covered : 0;
}

/** Keeps the terminal above the soft keyboard, and gives it the room of the bars while there is little. */
export function followKeyboard(): void {
  const { visualViewport } = window;
  if (!visualViewport) return;
  const root = document.documentElement;
  const follow = (): void => {
    const { height, offsetTop, scale } = visualViewport;
    const covered = coveredBottom({ innerHeight: window.innerHeight, height, offsetTop, scale });
    root.style.setProperty('--keyboard', `${covered}px`);
    root.toggleAttribute('data-short', scale <= 1.05 && height < shortPx);
  };
  visualViewport.addEventListener('resize', follow);
  visualViewport.addEventListener('scroll', follow);
  follow();
}
