// An article with the figure in its place, behind a link that can be passed on.

function marked(article, here) {
  const marks = [
    ...article.countries.map((m) => [m[0], m[1], "country", countries[m[2]].filter(Boolean).join(", ")]),
    ...article.people.map((m) => [m[0], m[1], "person", people[m[2]].filter(Boolean).join(", ")]),
    ...article.dates.map((m) => [m[0], m[1], "date", m[2] ? (m[2] === m[3] ? m[2] : `${m[2]} to ${m[3]}`) : m[4]]),
    ...figures.filter((figure) => articles[figure.a] === article).map((f) => [f.span[0], f.span[1], "money", f.said, f]),
  ];
  const borders = [...new Set([0, article.text.length, ...marks.flatMap((m) => [m[0], m[1]])])].sort((a, b) => a - b);
  marks.sort((a, b) => a[0] - b[0]);
  const nodes = [];
  let open = [], next = 0;
  for (let i = 0; i + 1 < borders.length; i += 1) {
    const [at, until] = [borders[i], borders[i + 1]];
    open = open.filter((mark) => mark[1] > at);
    while (next < marks.length && marks[next][0] <= at) open.push(marks[next++]);
    const piece = article.text.slice(at, until);
    if (!open.length) {
      nodes.push(piece);
      continue;
    }
    const shortest = open.reduce((a, b) => (b[1] - b[0] < a[1] - a[0] ? b : a));
    const isHere = open.some((mark) => mark[4] && mark[4] === here);
    nodes.push(make("mark", { class: shortest[2] + (isHere ? " here" : ""), title: open.map((mark) => mark[3]).join(" / ") }, piece));
  }
  return nodes;
}

function follow() {
  let wantedId = "";
  try { wantedId = decodeURIComponent(location.hash.slice(1)); } catch { return; }
  const figure = wantedId && figures.find((f) => idOf(f) === wantedId);
  const dialog = byId("article");
  if (!figure || articles[figure.a].text === null) {
    if (dialog.open) dialog.close();
    return;
  }
  const article = articles[figure.a];
  byId("article-title").textContent = nameOf(article);
  byId("article-about").textContent = [
    article.title ? article.id : "", article.published ? `published ${article.published} (${article.basis})` : "publication date unknown",
  ].filter(Boolean).join(", ");
  byId("article-text").replaceChildren(...marked(article, figure));
  if (!dialog.open) dialog.showModal();
  const here = dialog.querySelector("mark.here");
  if (here) here.scrollIntoView({ block: "center" });
}

byId("close").addEventListener("click", () => byId("article").close());
byId("article").addEventListener("close", () => history.replaceState(null, "", location.pathname + location.search));
byId("article").addEventListener("click", (event) => { if (event.target === byId("article")) byId("article").close(); });
window.addEventListener("hashchange", follow);
