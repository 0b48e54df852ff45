"use strict";
(() => {
  const data = JSON.parse(document.getElementById("gegevens").textContent);
  const byId = (id) => document.getElementById(id);
  const [zoek, naam, soort, keuzes, stand, lijst, meer, tip] = [
    "zoek", "naam", "soort", "keuzes", "stand", "lijst", "meer", "tip",
  ].map(byId);
  const PAGE = 50;
  const FEW = 6;
  const entities = data.entities.map(([type, name, code, aliases, documents, mentions]) => ({
    type, name, code, aliases, documents, mentions, folded: null,
  }));
  const documents = data.documents.map(
    ([id, title, published, language, words, names, more, text, cut, mentions]) => ({
      id, title, published, language, words, names, more, text, cut, mentions, folded: null,
    }),
  );
  // What is chosen by following a link, beside what the fields hold.
  let chosen = { names: [], period: "" };
  let found = [];
  let shown = 0;

  const number = new Intl.NumberFormat("nl").format;
  const counted = (count) => `${number(count)} ${count === 1 ? "document" : "documenten"}`;
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // Everything from the records goes into the page as text, never as markup.
  const make = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const put = (parent, ...children) => {
    parent.append(...children);
    return parent;
  };
  const kind = (entity) => entity.type.toLowerCase();

  const period = (key) => {
    const [year, month, day] = key.split("-").map(Number);
    if (!data.months[month - 1]) return key;
    return `${day ? `${day} ` : ""}${data.months[month - 1]} ${year}`;
  };

  const foldedName = (entity) =>
    (entity.folded ??= fold([entity.name, entity.code ?? "", ...entity.aliases].join("\n")));

  const foldedDocument = (one) =>
    (one.folded ??= [
      fold([one.title ?? "", one.id, one.text ?? ""].join("\n")),
      ...one.names.map(([place]) => foldedName(entities[place])),
    ].join("\n"));

  const search = () => {
    const words = fold(zoek.value).split(/\s+/).filter(Boolean);
    const name = fold(naam.value).trim();
    const type = soort.value;
    // Whether each name is one that is asked for, worked out once.
    const wanted = name || type
      ? entities.map((one) => (!type || one.type === type) && foldedName(one).includes(name))
      : null;
    found = documents.filter(
      (one) =>
        (!chosen.period || (one.published ?? "").startsWith(chosen.period)) &&
        chosen.names.every((place) => one.names.some(([other]) => other === place)) &&
        (!wanted || one.names.some(([place]) => wanted[place])) &&
        words.every((word) => foldedDocument(one).includes(word)),
    );
    shown = 0;
    lijst.replaceChildren();
    hideTip();
    showMore();
    showChoices();
    const all = found.length === documents.length;
    stand.textContent = all
      ? counted(found.length)
      : `${number(found.length)} van ${counted(documents.length)}`;
  };

  const showMore = () => {
    const next = found.slice(shown, shown + PAGE);
    lijst.append(...next.map(listed));
    shown += next.length;
    meer.hidden = shown >= found.length;
    meer.textContent = `Meer documenten (nog ${number(found.length - shown)})`;
  };

  const listed = (one) => {
    const details = make("details");
    const summary = make("summary");
    const facts = [one.published && period(one.published), one.title && one.id,
      `${number(one.words)} ${one.words === 1 ? "woord" : "woorden"}`];
    const few = make("span", "few");
    for (const [place] of one.names.slice(0, FEW)) {
      few.append(make("span", kind(entities[place]), entities[place].name));
    }
    const rest = one.names.length - FEW + one.more;
    if (rest > 0) few.append(make("span", "rest", `en nog ${number(rest)}`));
    put(
      summary,
      make("bdi", "title", one.title ?? one.id),
      make("span", "facts", facts.filter(Boolean).join(" · ")),
      few,
    );
    details.append(summary);
    details.addEventListener("toggle", () => {
      if (details.open && details.childElementCount === 1) details.append(body(one));
    });
    return put(make("li"), details);
  };

  const body = (one) => {
    const left = make("div");
    if (one.text === null) {
      left.append(make("p", "cut", data.noText));
    } else {
      left.append(coloured(one));
      if (one.cut) left.append(make("p", "cut", "De tekst gaat verder; dit is het begin."));
    }
    return put(make("div", "body"), left, side(one));
  };

  const coloured = (one) => {
    const text = make("div", "text");
    if (one.language && one.language !== "und") text.lang = one.language;
    let done = 0;
    for (const [start, end, place, form, label, finder] of one.mentions) {
      text.append(one.text.slice(done, start));
      const mark = make("mark", kind(entities[place]), one.text.slice(start, end));
      mark.tabIndex = 0;
      mark.dataset.place = place;
      mark.dataset.form = data.forms[form];
      mark.dataset.label = label < 0 ? "" : data.labels[label];
      mark.dataset.finder = data.finders[finder];
      text.append(mark);
      done = end;
    }
    text.append(one.text.slice(done));
    return text;
  };

  const side = (one) => {
    const aside = make("div", "side");
    for (const [type, [, heading]] of Object.entries(data.kinds)) {
      const names = one.names.filter(([place]) => entities[place].type === type);
      if (!names.length) continue;
      const list = make("ul");
      for (const [place, mentions] of names) {
        const link = make("a", "", entities[place].name);
        link.href = `#naam=${place}`;
        const name = put(make("span"), link);
        if (entities[place].code) name.append(make("span", "code", entities[place].code));
        list.append(put(make("li"), name, make("span", "count", `${number(mentions)}×`)));
      }
      const head = make("h3", "", heading[0].toUpperCase() + heading.slice(1));
      aside.append(put(make("div", type.toLowerCase()), head, list));
    }
    if (one.more) aside.append(make("p", "cut", `En nog ${number(one.more)} namen.`));
    if (!one.names.length) aside.append(make("p", "cut", "Geen namen gevonden."));
    return aside;
  };

  const choice = (text, name, remove) => {
    const button = make("button", name, `${text} ×`);
    button.type = "button";
    button.setAttribute("aria-label", `${text}: keuze weghalen`);
    button.addEventListener("click", () => {
      remove();
      remember();
      search();
      (keuzes.querySelector("button") ?? zoek).focus();
    });
    return button;
  };

  const showChoices = () => {
    const buttons = chosen.names.map((place) =>
      choice(entities[place].name, kind(entities[place]), () => {
        chosen.names = chosen.names.filter((other) => other !== place);
      }));
    if (chosen.period) {
      buttons.push(choice(period(chosen.period), "", () => {
        chosen.period = "";
      }));
    }
    keuzes.replaceChildren(...buttons);
  };

  // The choices stand in the address, so that going back undoes them and a link keeps them.
  const address = () => {
    const parts = [];
    if (chosen.names.length) parts.push(`naam=${chosen.names.join(",")}`);
    if (chosen.period) parts.push(`maand=${chosen.period}`);
    return `#${parts.join("&")}`;
  };
  const remember = () => {
    if (location.hash !== address()) history.pushState(null, "", address());
  };

  const followAddress = (move) => {
    const hash = location.hash.slice(1);
    // Another anchor is a place on the page, and leaves the choices as they are.
    if (hash && !/^(naam|maand)=/.test(hash)) return;
    const asked = new URLSearchParams(hash);
    const places = (asked.get("naam") ?? "").split(",").filter(Boolean).map(Number);
    const when = asked.get("maand") ?? "";
    chosen = {
      names: places.filter((place) => Object.hasOwn(entities, place)),
      period: /^\d{4}(-\d{2})?$/.test(when) ? when : "",
    };
    if (hash) [zoek.value, naam.value, soort.value] = ["", "", ""];
    search();
    if (move && hash) {
      byId("documenten-kop").focus({ preventScroll: true });
      byId("documenten").scrollIntoView();
    }
  };

  let pointed = null;
  let leaving = 0;
  const hideTip = () => {
    clearTimeout(leaving);
    if (!pointed) return;
    pointed.removeAttribute("aria-describedby");
    for (const same of lijst.querySelectorAll("mark.same")) same.classList.remove("same");
    pointed = null;
    tip.hidden = true;
  };
  const showTip = (mark) => {
    clearTimeout(leaving);
    if (mark === pointed) return;
    hideTip();
    pointed = mark;
    const entity = entities[mark.dataset.place];
    const facts = make("dl");
    const add = (term, what) => what && put(facts, make("dt", "", term), make("dd", "", what));
    add("soort", data.kinds[entity.type][0]);
    add("code", entity.code);
    add("vorm", mark.dataset.form);
    add("gevonden door", mark.dataset.finder);
    add("label van het model", mark.dataset.label);
    add("komt voor in", counted(entity.documents));
    tip.className = kind(entity);
    tip.replaceChildren(put(make("strong"), make("bdi", "", entity.name)), facts);
    tip.hidden = false;
    mark.setAttribute("aria-describedby", "tip");
    for (const same of mark.parentElement.querySelectorAll("mark")) {
      if (same.dataset.place === mark.dataset.place) same.classList.add("same");
    }
    place(mark);
  };
  const place = (mark) => {
    const [box, size] = [mark.getClientRects()[0], tip.getBoundingClientRect()];
    const left = Math.min(box.left, document.documentElement.clientWidth - size.width - 8);
    const above = box.top - size.height - 8;
    const top = above > 0 ? above : mark.getBoundingClientRect().bottom + 8;
    if (getComputedStyle(tip).position === "fixed") {
      tip.style.left = tip.style.top = "";
      return;
    }
    tip.style.left = `${Math.max(8, left) + scrollX}px`;
    tip.style.top = `${top + scrollY}px`;
  };
  const markOf = (event) => (event.target instanceof Element ? event.target.closest("mark") : null);
  lijst.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse" && markOf(event)) showTip(markOf(event));
  });
  // The tip stays while the pointer is on its way to it, and on it.
  const leave = (event) => {
    if (event.pointerType !== "mouse" || document.activeElement === pointed) return;
    clearTimeout(leaving);
    leaving = setTimeout(hideTip, 250);
  };
  lijst.addEventListener("pointerout", (event) => markOf(event) && leave(event));
  tip.addEventListener("pointerenter", () => clearTimeout(leaving));
  tip.addEventListener("pointerleave", leave);
  lijst.addEventListener("focusin", (event) => markOf(event) && showTip(markOf(event)));
  lijst.addEventListener("focusout", (event) => markOf(event) && hideTip());
  document.addEventListener("click", (event) => {
    if (markOf(event)) showTip(markOf(event));
    else if (!tip.contains(event.target)) hideTip();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hideTip());

  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  };
  zoek.addEventListener("input", soon);
  naam.addEventListener("input", soon);
  soort.addEventListener("input", search);
  byId("filters").addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  meer.addEventListener("click", () => {
    const first = shown;
    showMore();
    lijst.children[first]?.querySelector("summary").focus();
  });
  document.querySelector(".chart")?.addEventListener("click", (event) => {
    const link = event.target.closest("[data-link]");
    if (link) location.hash = link.dataset.link;
  });
  addEventListener("hashchange", () => followAddress(true));
  addEventListener("popstate", () => followAddress(false));
  search();
  if (location.hash) followAddress(true);
})();
