// Draws the page, and again whenever a filter changes.

function draw() {
  const focused = document.activeElement && document.activeElement.dataset.key;
  const want = wanted();
  const active = isActive(want);
  const shown = active ? figures.filter((figure) => fits(figure, want)) : figures;
  const ofArticles = active ? [...new Set(shown.map((figure) => figure.a))].map((a) => articles[a]) : articles;
  const said = [];
  if (want.size !== null) said.push(SIZES[want.size][1]);
  if (want.bin !== null) said.push(`a date ${/ /.test(want.bin.key) ? want.bin.key : "in " + want.bin.key}`);
  const unread = ["least", "most", "from", "to"].filter((id) => byId(id).hasAttribute("aria-invalid"));
  byId("state").textContent = [
    active
      ? `${counted(shown.length, "figure")} of ${grouped(figures.length)}, in ${counted(ofArticles.length, "article")}${said.length ? "; " + said.join(", ") : ""}. The charts show those articles.`
      : `All ${counted(figures.length, "figure")}.`,
    unread.length ? `Look at the filter ${unread.map((id) => `“${document.querySelector(`label[for=${id}]`).textContent}”`).join(" and ")}.` : "",
  ].join(" ").trim();
  const set = FIELDS.filter(isSet(want)).length;
  byId("set").textContent = set ? `(${set} set)` : "";
  byId("clear").disabled = !active && !unread.length;
  for (const section of sections) section({ want, active, shown, ofArticles });
  if (focused) {
    const again = document.querySelector(`[data-key="${CSS.escape(focused)}"]`);
    if (again) again.focus({ preventScroll: true });
  }
}

function drawIssues() {
  if (!issues.length) return;
  const box = make("tbody", {}), under = make("p", {});
  byId("issues").hidden = false;
  byId("issues").append(make("details", {},
    make("summary", {}, make("b", {}, counted(issues.length, "issue"))),
    make("table", { "aria-label": "Issues" },
      make("thead", {}, make("tr", {}, ...["severity", "code", "article", "what happened"].map((name) => make("th", { scope: "col" }, name)))), box),
    under));
  const row = (cells) => make("tr", {}, ...cells.map((cell) => make("td", {}, cell || "")));
  leadOn({ key: "issues", box, under, rows: issues, node: row, first: 100, step: 500 });
}

let waiting = 0;
document.addEventListener("input", (event) => {
  if (event.target.form !== byId("filters")) return;
  clearTimeout(waiting);
  waiting = setTimeout(draw, 120);
});
byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("filters").addEventListener("reset", () => { chosen.size = null; chosen.bin = null; setTimeout(draw); });
byId("order").addEventListener("change", draw);
byId("download").addEventListener("click", download);
byId("fold").open = window.matchMedia("(min-width: 641px)").matches;
byId("foot").textContent = `Made by newsledger${data.version ? " " + data.version : ""}. What was found in the articles is not checked against other sources.`;
drawTiles();
fillSelects();
drawIssues();
draw();
follow();
document.documentElement.dataset.ready = "yes";
