// Lines and bars over days, drawn with the page's own colours; the same figures stand in a table beside it.
import { html, nothing, svg } from "lit";

export interface Series {
  label: string;
  tone: string;
  kind: "line" | "bar";
  values: number[];
}

const HEIGHT = 220;
const LEFT = 44;
const BOTTOM = 26;

/** A round number at or above the greatest whose half is round too, for the scale. */
export function ceiling(greatest: number): number {
  if (greatest <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(greatest));
  const step =
    (power === 1 ? [6, 8, 10] : [1, 2, 3, 4, 5, 6, 8, 10]).find((one) => one * power >= greatest) ??
    10;
  return step * power;
}

interface Words {
  title: string;
  table: string;
  day: string;
  days: string[];
  number: (value: number) => string;
  /** Said instead of a chart without anything on it. */
  nothing: string;
}

export function chart(series: Series[], words: Words) {
  if (series.every(({ values }) => values.every((value) => value === 0)))
    return html`<p class="hint" style="margin-block-start:8px">${words.nothing}</p>`;
  // On a phone it is drawn narrower, so that its words stay readable.
  const width = innerWidth < 700 ? 360 : 720;
  const count = words.days.length;
  const top = ceiling(Math.max(0, ...series.flatMap((one) => one.values)));
  const x = (at: number) => LEFT + ((width - LEFT) * (at + 0.5)) / Math.max(1, count);
  const y = (value: number) => (HEIGHT - BOTTOM) * (1 - value / top) + 6;
  const marks = [0, 0.5, 1].map((share) => share * top);
  const every = Math.max(1, Math.ceil(count / (width / 120)));
  return html`<figure style="margin:0"><svg class="chart" viewBox="0 0 ${width} ${HEIGHT + 4}" role="img"
    aria-label=${words.title}>
      ${marks.map(
        (
          value,
        ) => svg`<line class="rule" x1=${LEFT} x2=${width} y1=${y(value)} y2=${y(value)}/><text
        x=${LEFT - 8} y=${y(value) + 4} text-anchor="end">${words.number(value)}</text>`,
      )}
      ${words.days.map((day, at) =>
        at % every === 0
          ? svg`<text x=${x(at)} y=${HEIGHT} text-anchor="middle"
        >${day}</text>`
          : nothing,
      )}
      ${series.map((one) => (one.kind === "bar" ? bars(one, x, y, (width - LEFT) / Math.max(1, count)) : line(one, x, y)))}</svg>
    <figcaption class="legend">${series.map(
      (one) => html`<span><i style=${`--tone:${one.tone}`}></i>${one.label}</span
      >`,
    )}</figcaption>
    <details class="small"><summary>${words.table}</summary><div class="table-scroll" tabindex="0" role="region"
      aria-label=${words.table} style="max-block-size:260px;overflow:auto"><table><thead><tr><th scope="col"
        >${words.day}</th>${series.map((one) => html`<th scope="col" class="numeric">${one.label}</th>`)}</tr></thead>
      <tbody>${words.days.map(
        (day, at) =>
          html`<tr><th scope="row">${day}</th>${series.map(
            (one) => html`<td
        class="numeric">${words.number(one.values[at] ?? 0)}</td>`,
          )}</tr>`,
      )}</tbody></table></div></details></figure>`;
}

type Scale = (value: number) => number;

function line({ values, tone }: Series, x: Scale, y: Scale) {
  const points = values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const area = `${x(0)},${y(0)} ${points} ${x(values.length - 1)},${y(0)}`;
  return svg`<g style=${`--tone:${tone}`}><polygon class="area" points=${area}/><polyline class="line"
    points=${points}/></g>`;
}

function bars({ values, tone }: Series, x: Scale, y: Scale, room: number) {
  const thick = Math.max(2, room * 0.6);
  return svg`<g style=${`--tone:${tone}`}>${values.map(
    (value, at) => svg`<rect class="pillar" rx="2"
    x=${x(at) - thick / 2} width=${thick} y=${y(value)} height=${Math.max(0, y(0) - y(value))}/>`,
  )}</g>`;
}
