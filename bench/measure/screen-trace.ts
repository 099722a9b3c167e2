/**
 * What a full-screen program sends, made by us: a table of processes that is redrawn in place, an editor that scrolls a
 * region, colours, line drawing, wide characters. The same bytes each time.
 */
export function screenTrace(frames: number): string {
  let text = '\x1b[?1049h\x1b[?25l';
  let state = 7;
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
  for (let frame = 0; frame < frames; frame += 1) {
    text += `\x1b[H\x1b[1m top - ${frame} up ${next(99)} days,  load average: 0.${next(99)}\x1b[m\x1b[K\r\n`;
    for (let row = 2; row < 20; row += 1) {
      const usage = next(100);
      text += `\x1b[${row};1H\x1b[38;5;${16 + next(200)}m${String(next(99_999)).padStart(6)} root `;
      text += `\x1b[48;2;${usage};40;60m${'█'.repeat(usage / 10)}\x1b[m ${usage}.${next(10)} 日本 worker-${next(9_999)}\x1b[K`;
    }
    text += `\x1b[20;24r\x1b[24;1H\r\n\x1b(0lqqqk\x1b(B line ${frame} \x1b[7mINSERT\x1b[m\x1b[r`;
  }
  return `${text}\x1b[?25h\x1b[?1049l`;
}
