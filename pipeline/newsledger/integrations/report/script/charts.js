// Counts and charts; a click on a bar or a cell filters by it.

const TOP = 12;

function drawTiles() {
  const named = new Set(articles.flatMap((article) => [...article.named.country]));
  const dates = articles.reduce((sum, article) => sum + article.dates.length, 0);
  const tiles = [
    [articles.length, "article"], [figures.length, "figure"], [people.length, "person", "people"],
    [named.size, "country", "countries"], [dates, "date"], [issues.length, "issue"],
  ];
  byId("tiles").append(...tiles.map(([n, one, many]) =>
    make("div", { class: "tile" }, make("b", {}, grouped(n)), make("span", {}, n === 1 ? one : many || one + "s"))));
  const days = articles.map((article) => article.published).filter(Boolean).sort();
  const undated = articles.length - days.length;
  const [first, last] = [days[0], days[days.length - 1]];
  const published = days.length ? `Published ${first === last ? "on " + first : first + " to " + last}` : "Publication dates unknown";
  byId("about").textContent = published + (days.length && undated ? `; ${counted(undated, "article")} of ${grouped(articles.length)} without a publication date` : "");
}

function chartButton(key, isOn, title, on, ...children) {
  return make("button", { type: "button", "data-key": key, class: isOn ? "on" : "", "aria-pressed": String(isOn), title, on }, ...children);
}

// A table of counts: a row for each value of one thing, a column for each value of another. `values` gives both of a
// figure; `choices` what a click on a row, or on a cell of it, chooses.
function drawCross({ id, shown, values, columns, nameOfRow, choices, isOn }) {
  const counts = new Map();
  for (const figure of shown) {
    const [row, column] = values(figure);
    if (!counts.has(row)) counts.set(row, new Array(columns.length).fill(0));
    counts.get(row)[column] += 1;
  }
  const total = (row) => row.reduce((sum, n) => sum + n, 0);
  const rows = [...counts].sort((a, b) => total(b[1]) - total(a[1]) || (a[0] < b[0] ? -1 : 1));
  const most = Math.max(1, ...rows.flatMap(([, row]) => row));
  const cell = (row, n, column) => {
    if (!n) return make("td", {});
    const button = chartButton(`${id} ${row} ${column}`, isOn(row, column),
      `${counted(n, "figure")}: ${nameOfRow(row)}, ${columns[column][1]}`, () => choose(choices(row, column)), grouped(n));
    button.style.background = `rgba(var(--tint), ${0.12 + 0.5 * Math.sqrt(n / most)})`;
    return make("td", {}, button);
  };
  const line = ([row, ns]) => make("tr", {},
    make("th", { scope: "row" }, chartButton(`${id} ${row}`, isOn(row, null), nameOfRow(row), () => choose(choices(row, null)), nameOfRow(row))),
    ...ns.map((n, column) => cell(row, n, column)),
    make("td", { class: "total" }, grouped(total(ns))));
  const head = [make("td", {}), ...columns.map(([sign, said]) => make("th", { scope: "col", title: said }, sign)), make("th", { scope: "col" }, "all")];
  const body = make("tbody", {}), under = make("p", {});
  byId(id).replaceChildren(
    make("table", { class: "cross", "aria-labelledby": `${id}-title` }, make("thead", {}, make("tr", {}, ...head)), body), under);
  leadOn({ key: id, box: body, under, rows, node: line, first: TOP, step: 50 });
}

sections.push(({ shown, want }) => drawCross({
  id: "matrix",
  shown,
  values: (figure) => [figure.currency || "?", figure.size],
  columns: SIZES,
  nameOfRow: (code) => (code === "?" ? "open" : code),
  choices: (currency, size) => ({ currency, size }),
  isOn: (code, size) => want.currency === code && want.size === size,
}));

function drawBars(id, control, counts, name) {
  const rows = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const bar = ([number, n]) => {
    const filled = make("i", {});
    filled.style.width = `${(100 * n) / rows[0][1]}%`;
    const [said, more] = name(number);
    return make("li", {}, chartButton(`${id} ${number}`, byId(control).value === String(number), said,
      () => choose({ [control]: String(number) }),
      make("span", { class: "name" }, said, more ? make("small", {}, ` ${more}`) : null),
      make("span", { class: "n" }, grouped(n)), make("span", { class: "bar" }, filled)));
  };
  const box = make("ul", {}), under = make("p", {});
  byId(id).replaceChildren(...(rows.length ? [box, under] : [make("p", { class: "note" }, "none")]));
  leadOn({ key: id, box, under, rows, node: bar, first: TOP, step: 50 });
}

sections.push(({ ofArticles }) => {
  const named = (field) => tally(ofArticles.flatMap((article) => article[field].filter((m) => !m[3]).map((m) => m[2])));
  drawBars("countries", "country", named("countries"), (n) => [countries[n][1], countries[n][0]]);
  drawBars("people", "person", named("people"), (n) => people[n]);
});

sections.push(function drawTimeline({ ofArticles, want }) {
  const note = byId("timeline-note");
  if (!data.timeline) {
    note.textContent = "No date with calendar days.";
    return;
  }
  const { unit, bins } = data.timeline;
  const [first, last] = [bins[0], bins[bins.length - 1]];
  const keyOf = (day) => (unit === "decade" ? day.slice(0, 3) + "0" : day.slice(0, first.length));
  const counts = new Map(bins.map((key) => [key, 0]));
  let before = 0, after = 0;
  for (const article of ofArticles) {
    for (const [, , day] of article.dates) {
      if (day === null) continue;
      const key = keyOf(day);
      if (counts.has(key)) counts.set(key, counts.get(key) + 1);
      else if (key < first) before += 1;
      else after += 1;
    }
  }
  const button = (key, said, has, ...children) => chartButton(`bin ${key}`, Boolean(want.bin) && want.bin.key === key, said,
    () => choose({ bin: { key, has } }), ...children);
  note.replaceChildren(`By ${unit} of the first day of what is named. `, make("span", { class: "screen" }, "Click to filter. "),
    ...(before ? ["Not drawn: ", button(`before ${first}`, `before ${first}`, (day) => keyOf(day) < first, `${grouped(before)} earlier`), " "] : []),
    ...(after ? [before ? "and " : "Not drawn: ", button(`after ${last}`, `after ${last}`, (day) => keyOf(day) > last, `${grouped(after)} later`)] : []));
  const most = Math.max(1, ...counts.values());
  const plot = bins.map((key) => {
    const n = counts.get(key);
    if (!n) return make("span", {});
    const bar = make("i", {});
    bar.style.height = `max(2px, ${(100 * n) / most}%)`;
    const drawn = button(key, `${key}: ${counted(n, "date")}`, (day) => keyOf(day) === key, bar);
    drawn.setAttribute("aria-label", `${key}: ${counted(n, "date")}`);
    return drawn;
  });
  // A label at every so many bins, on round numbers.
  const room = Math.max(1, Math.min(12, Math.floor(byId("timeline").clientWidth / 58)));
  const steps = unit === "month" ? [1, 2, 3, 6, 12, 24] : [1, 2, 5, 10, 20, 50, 100];
  const every = steps.find((step) => bins.length <= step * room) || Math.ceil(bins.length / room);
  const number = (key, i) => (unit === "day" ? i : unit === "month" ? Number(key.slice(0, 4)) * 12 + Number(key.slice(5)) - 1 : Number(key) / (unit === "decade" ? 10 : 1));
  const axis = bins.map((key, i) => make("span", {}, number(key, i) % every === 0 && (bins.length - i) * 2 > every ? key : ""));
  byId("timeline").replaceChildren(
    make("div", { class: "plot", role: "group", "aria-labelledby": "timeline-title" }, ...plot),
    make("div", { class: "axis", "aria-hidden": "true" }, ...axis));
});
