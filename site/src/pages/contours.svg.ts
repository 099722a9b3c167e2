/** The landscape behind the home page, used as a CSS mask so that it takes the theme's colour. */
import { drawContours, type Hill } from '../art/contours.ts';

const width = 1600;
const height = 900;

const hills: Hill[] = [
  { x: 1230, y: 260, height: 1, spreadX: 250, spreadY: 170 },
  { x: 1440, y: 560, height: 0.7, spreadX: 170, spreadY: 210 },
  { x: 820, y: 90, height: 0.42, spreadX: 260, spreadY: 120 },
  { x: 260, y: 760, height: 0.62, spreadX: 300, spreadY: 170 },
  { x: 860, y: 800, height: 0.36, spreadX: 200, spreadY: 150 },
  { x: 60, y: 180, height: 0.34, spreadX: 200, spreadY: 190 },
];

export function GET(): Response {
  const levels = Array.from({ length: 18 }, (_, index) => 0.08 + index * 0.058);
  const paths = drawContours({ width, height, step: 20, hills, levels })
    .map((data, index) => `<path d="${data}" stroke-width="${index % 5 === 4 ? 2 : 1}"/>`)
    .join('');
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMidYMid slice">` +
    `<g fill="none" stroke="#000">${paths}</g></svg>`;
  return new Response(svg, { headers: { 'content-type': 'image/svg+xml' } });
}
