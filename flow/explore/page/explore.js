// SPDX-License-Identifier: Apache-2.0
'use strict';
// Data of the page: columns (label, axes, figures, state), points as lists of values, configs as lists of line numbers.
const data = JSON.parse(document.getElementById('data').textContent);
const at = id => document.getElementById(id);
const columns = data.columns, points = data.points;
const colours = ['#1b6ca8', '#d1495b', '#3a7d44', '#8d5fd3', '#c77f1a', '#2a9d8f', '#7a4b2a', '#d16ba5', '#5c6b73', '#9aa300'];
const names = [...new Set(points.map(p => p.series))];
const colour = p => colours[names.indexOf(p.series) % colours.length];
const pageRows = 50;
const state = { shown: [], sort: null, down: false, page: 0, chosen: -1, filters: columns.map(() => ''), ranges: columns.map(() => null) };

const number = v => (v === 'exact' ? Infinity : typeof v === 'number' ? v : NaN);
const short = v => (typeof v !== 'number' ? (v === null ? '–' : String(v))
  : Number.isInteger(v) ? String(v) : Number(v.toPrecision(5)).toString());
const numeric = columns.map((c, i) => points.some(p => Number.isFinite(number(p.values[i]))));
const figures = columns.map((c, i) => i).filter(i => numeric[i]);

// A filter is a comparison where it begins with one, else a part of the text.
function passes(filter, value) {
  const said = filter.trim();
  if (!said) return true;
  const parts = said.match(/^(<=|>=|!=|<|>|=)\s*(.*)$/);
  if (!parts) return String(value === null ? '' : value).toLowerCase().includes(said.toLowerCase());
  const a = number(value), b = parseFloat(parts[2]);
  if (Number.isNaN(a) || Number.isNaN(b)) {
    const equal = String(value) === parts[2];
    return parts[1] === '=' ? equal : parts[1] === '!=' ? !equal : false;
  }
  return { '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b, '=': a === b, '!=': a !== b }[parts[1]];
}

function compare(a, b, i) {
  const x = a.values[i], y = b.values[i], m = number(x), n = number(y);
  const none = Number.isNaN(m) - Number.isNaN(n);
  if (numeric[i]) return none || (m < n ? -1 : m > n ? 1 : 0);
  return String(x).localeCompare(String(y));
}

function choose() {
  const fronts = at('fronts').checked;
  state.shown = points.filter(p => (!fronts || p.front)
    && state.filters.every((f, i) => passes(f, p.values[i]))
    && state.ranges.every((r, i) => !r || (number(p.values[i]) >= r[0] && number(p.values[i]) <= r[1])));
  if (state.sort !== null) {
    const i = state.sort, sign = state.down ? -1 : 1;
    // Points without the figure stand last, up or down.
    state.shown.sort((a, b) => {
      const none = numeric[i] ? Number.isNaN(number(a.values[i])) - Number.isNaN(number(b.values[i])) : 0;
      return none || sign * compare(a, b, i) || a.id - b.id;
    });
  }
  state.page = 0;
  draw();
}

function draw() {
  at('shown').textContent = `${state.shown.length} of ${points.length} points, ${state.shown.filter(p => p.front).length} of ${
    points.filter(p => p.front).length} on the front`;
  drawPlot();
  drawLines();
  drawTable();
}

// --- canvas
function sized(canvas) {
  const scale = window.devicePixelRatio || 1, width = canvas.clientWidth, height = Number(canvas.getAttribute('data-height'));
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.style.height = `${height}px`;
  const g = canvas.getContext('2d');
  g.setTransform(scale, 0, 0, scale, 0, 0);
  g.clearRect(0, 0, width, height);
  g.font = '12px sans-serif';
  return [g, width, height];
}

function extent(list, i) {
  let low = Infinity, high = -Infinity;
  for (const p of list) {
    const v = number(p.values[i]);
    if (!Number.isFinite(v)) continue;
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  if (low > high) return [0, 1];
  return low === high ? [low - 1, high + 1] : [low, high];
}

function ticks(low, high) {
  const step = 10 ** Math.floor(Math.log10((high - low) / 4));
  const unit = [1, 2, 5, 10].map(k => k * step).find(s => (high - low) / s <= 8);
  const all = [];
  for (let v = Math.ceil(low / unit) * unit; v <= high + unit * 1e-9; v += unit) all.push(Number(v.toPrecision(10)));
  return all;
}

let marks = [];
function drawPlot() {
  const [g, width, height] = sized(at('plot'));
  const xi = Number(at('x').value), yi = Number(at('y').value);
  const log = at('logx').checked && extent(points, xi)[0] > 0;
  const tx = v => (log ? Math.log10(v) : v);
  const left = 70, right = width - 15, top = 12, bottom = height - 40;
  let [x0, x1] = extent(points, xi).map(tx), [y0, y1] = extent(points, yi);
  const padX = (x1 - x0) * 0.03, padY = (y1 - y0) * 0.05;
  x0 -= padX; x1 += padX; y0 -= padY; y1 += padY;
  const px = v => left + (tx(v) - x0) / (x1 - x0) * (right - left);
  // What is exact stands on the upper edge.
  const py = v => (v === Infinity ? top + 4 : bottom - (v - y0) / (y1 - y0) * (bottom - top));
  g.strokeStyle = '#eee';
  g.fillStyle = '#444';
  g.textAlign = 'center';
  for (const t of ticks(x0, x1)) {
    const x = left + (t - x0) / (x1 - x0) * (right - left);
    g.beginPath(); g.moveTo(x, top); g.lineTo(x, bottom); g.stroke();
    g.fillText(short(log ? 10 ** t : t), x, bottom + 15);
  }
  g.fillText(columns[xi].head, (left + right) / 2, height - 6);
  g.textAlign = 'right';
  for (const t of ticks(y0, y1)) {
    const y = py(t);
    g.beginPath(); g.moveTo(left, y); g.lineTo(right, y); g.stroke();
    g.fillText(short(t), left - 6, y + 4);
  }
  g.save();
  g.translate(14, (top + bottom) / 2);
  g.rotate(-Math.PI / 2);
  g.textAlign = 'center';
  g.fillText(columns[yi].head, 0, 0);
  g.restore();
  marks = [];
  for (const pass of [false, true]) {
    for (const p of state.shown) {
      const vx = number(p.values[xi]), vy = number(p.values[yi]);
      if (p.front !== pass || Number.isNaN(vx) || Number.isNaN(vy) || !Number.isFinite(vx)) continue;
      const x = px(vx), y = py(vy);
      g.globalAlpha = pass ? 1 : 0.35;
      g.fillStyle = colour(p);
      g.beginPath(); g.arc(x, y, pass ? 5 : 3, 0, 7); g.fill();
      if (pass) { g.strokeStyle = '#222'; g.stroke(); }
      if (p.id === state.chosen) {
        g.globalAlpha = 1; g.strokeStyle = '#e69500'; g.lineWidth = 3;
        g.beginPath(); g.arc(x, y, 9, 0, 7); g.stroke(); g.lineWidth = 1;
      }
      marks.push([x, y, p]);
    }
  }
  g.globalAlpha = 1;
}

function nearest(event) {
  const box = at('plot').getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
  let best = null, least = 144;
  for (const [mx, my, p] of marks) {
    const d = (mx - x) ** 2 + (my - y) ** 2;
    if (d < least || (d === least && p.front)) { least = d; best = p; }
  }
  return best;
}

function tip(event, p) {
  const box = at('tip');
  box.style.display = p ? 'block' : 'none';
  if (!p) return;
  box.textContent = [p.values[0], ...figures.map(i => `${columns[i].head}: ${short(p.values[i])}`), p.front ? 'on the front' : p.note].join('\n');
  box.style.left = `${Math.min(event.clientX + 14, window.innerWidth - box.offsetWidth - 10)}px`;
  box.style.top = `${Math.min(event.clientY + 14, window.innerHeight - box.offsetHeight - 10)}px`;
}

// --- parallel coordinates
const room = { top: 34, bottom: 290 };
const axisX = (k, width) => 70 + k * (width - 140) / Math.max(1, figures.length - 1);
const spans = figures.map(i => extent(points, i));
const lineY = (k, v) => (v === Infinity ? room.top
  : room.bottom - (v - spans[k][0]) / (spans[k][1] - spans[k][0]) * (room.bottom - room.top));

function drawLines() {
  const [g, width] = sized(at('lines'));
  for (const pass of [0, 1, 2]) {
    for (const p of state.shown) {
      const kind = p.id === state.chosen ? 2 : p.front ? 1 : 0;
      if (kind !== pass) continue;
      g.strokeStyle = pass === 2 ? '#e69500' : colour(p);
      g.globalAlpha = pass === 0 ? Math.max(0.03, Math.min(0.4, 60 / state.shown.length)) : 0.9;
      g.lineWidth = pass === 2 ? 3 : 1;
      g.beginPath();
      let pen = false;
      figures.forEach((i, k) => {
        const v = number(p.values[i]);
        if (Number.isNaN(v)) { pen = false; return; }
        if (pen) g.lineTo(axisX(k, width), lineY(k, v)); else g.moveTo(axisX(k, width), lineY(k, v));
        pen = true;
      });
      g.stroke();
    }
  }
  g.globalAlpha = 1;
  g.lineWidth = 1;
  g.textAlign = 'center';
  figures.forEach((i, k) => {
    const x = axisX(k, width);
    g.strokeStyle = '#222';
    g.beginPath(); g.moveTo(x, room.top); g.lineTo(x, room.bottom); g.stroke();
    g.fillStyle = '#222';
    g.fillText(columns[i].head, x, k % 2 ? 12 : 26);
    g.fillText(short(spans[k][0]), x, room.bottom + 15);
    g.fillText(short(spans[k][1]), x, room.bottom + 27);
    const range = state.ranges[i];
    if (!range) return;
    g.fillStyle = '#e6950066';
    g.fillRect(x - 7, lineY(k, range[1]), 14, lineY(k, range[0]) - lineY(k, range[1]));
  });
}

let drag = null;
function axisAt(event) {
  const box = at('lines').getBoundingClientRect(), x = event.clientX - box.left;
  const k = figures.findIndex((i, n) => Math.abs(axisX(n, box.width) - x) < 18);
  const y = Math.min(room.bottom, Math.max(room.top, event.clientY - box.top));
  return k < 0 ? null : { k, value: spans[k][0] + (room.bottom - y) / (room.bottom - room.top) * (spans[k][1] - spans[k][0]), y };
}

// --- table
function drawTable() {
  const pages = Math.max(1, Math.ceil(state.shown.length / pageRows));
  state.page = Math.min(state.page, pages - 1);
  at('page').textContent = `page ${state.page + 1} of ${pages}`;
  [...at('heads').children].forEach((th, i) => {
    th.textContent = columns[i].head + (state.sort === i ? (state.down ? ' ▼' : ' ▲') : '');
  });
  const body = document.createDocumentFragment();
  for (const p of state.shown.slice(state.page * pageRows, (state.page + 1) * pageRows)) {
    const tr = document.createElement('tr');
    tr.className = (p.front ? 'front' : '') + (p.id === state.chosen ? ' chosen' : '');
    p.values.forEach((v, i) => {
      const td = document.createElement('td');
      td.textContent = short(v);
      if (!numeric[i]) td.className = 'text';
      tr.append(td);
    });
    tr.addEventListener('click', () => pick(p));
    body.append(tr);
  }
  at('rows').replaceChildren(body);
}

function config(p) { return `${p.config.map(n => data.lines[n]).join('\n')}\n`; }

function pick(p) {
  state.chosen = p.id;
  at('name').textContent = p.values[0];
  at('config').textContent = config(p);
  at('config').hidden = at('copy').hidden = false;
  at('copy').textContent = 'Copy the config';
  draw();
}

async function copy() {
  try {
    await navigator.clipboard.writeText(at('config').textContent);
  } catch {
    // A page from a file may have no clipboard: the old way.
    const range = document.createRange();
    range.selectNodeContents(at('config'));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    document.execCommand('copy');
  }
  at('copy').textContent = 'Copied';
}

// --- all of it
for (const id of ['plot', 'lines']) at(id).setAttribute('data-height', at(id).getAttribute('height'));
for (const [id, wanted] of [['x', data.x], ['y', data.y]]) {
  for (const i of figures) at(id).append(new Option(columns[i].head, i, false, columns[i].name === wanted));
  at(id).addEventListener('change', drawPlot);
}
columns.forEach((c, i) => {
  const th = document.createElement('th'), cell = document.createElement('th'), input = document.createElement('input');
  th.addEventListener('click', () => { state.down = state.sort === i ? !state.down : false; state.sort = i; choose(); });
  input.setAttribute('aria-label', `filter ${c.head}`);
  input.addEventListener('input', () => { state.filters[i] = input.value; choose(); });
  cell.append(input);
  at('heads').append(th);
  at('filters').append(cell);
});
for (const name of names.length > 1 ? names : []) {
  const span = document.createElement('span'), dot = document.createElement('i');
  dot.style.background = colours[names.indexOf(name) % colours.length];
  span.append(dot, name);
  at('legend').append(span);
}
at('logx').addEventListener('change', drawPlot);
at('fronts').addEventListener('change', choose);
at('back').addEventListener('click', () => { state.page = Math.max(0, state.page - 1); drawTable(); });
at('on').addEventListener('click', () => { state.page += 1; drawTable(); });
at('clear').addEventListener('click', () => {
  state.filters.fill('');
  state.ranges.fill(null);
  for (const input of at('filters').querySelectorAll('input')) input.value = '';
  choose();
});
at('copy').addEventListener('click', copy);
at('plot').addEventListener('mousemove', e => tip(e, nearest(e)));
at('plot').addEventListener('mouseleave', e => tip(e, null));
at('plot').addEventListener('click', e => { const p = nearest(e); if (p) pick(p); });
at('lines').addEventListener('mousedown', e => { drag = axisAt(e); });
at('lines').addEventListener('mouseup', e => {
  const end = axisAt(e);
  if (drag && end && end.k === drag.k) {
    const i = figures[drag.k];
    state.ranges[i] = Math.abs(end.y - drag.y) < 4 ? null : [Math.min(drag.value, end.value), Math.max(drag.value, end.value)];
    choose();
  }
  drag = null;
});
window.addEventListener('resize', draw);
choose();
document.documentElement.setAttribute('data-ready', Math.round(performance.now()));
