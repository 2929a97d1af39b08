// What only groups draw, on the grid of the other icons.
import { html, svg } from "lit";

const paths = {
  camera: svg`<path d="M9 5.5 7.8 7.5H5.5A2 2 0 0 0 3.5 9.5v8a2 2 0 0 0 2 2h13a2 2 0 0 0 2-2v-8a2 2 0 0 0-2-2h-2.3L15 5.5Z"/><circle cx="12" cy="13.2" r="3.5"/>`,
  star: svg`<path d="m12 4 2.4 5 5.6.8-4 3.9.9 5.5L12 16.6l-4.9 2.6.9-5.5-4-3.9 5.6-.8Z"/>`,
  plus: svg`<path d="M12 5.5v13M5.5 12h13"/>`,
};

export function drawing(name: keyof typeof paths) {
  return html`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths[name]}</svg>`;
}
