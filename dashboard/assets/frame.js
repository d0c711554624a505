(() => {
  const root = document.documentElement;
  const words = JSON.parse(document.getElementById("frame-words").textContent);
  root.lang = words.language;

  const store = {
    read: (name) => { try { return localStorage.getItem("reading." + name); } catch { return null; } },
    write: (name, value) => { try { localStorage.setItem("reading." + name, value); } catch { /* private mode */ } },
  };
  const sizes = ["100", "115", "130", "150"];
  const buttons = (action) => document.querySelectorAll(`.aids button[data-aid="${action}"]`);
  const press = (action, on) => buttons(action).forEach((b) => b.setAttribute("aria-pressed", String(on)));

  function show() {
    const size = sizes.includes(store.read("size")) ? store.read("size") : "100";
    root.style.fontSize = size === "100" ? "" : size + "%";
    const high = store.read("contrast") === "high";
    root.toggleAttribute("data-contrast", high);
    if (high) root.setAttribute("data-contrast", "high");
    const muted = store.read("mute") === "on";
    press("contrast", high);
    press("mute", muted);
    buttons("read").forEach((b) => { b.disabled = muted || !("speechSynthesis" in window); });
    buttons("smaller").forEach((b) => { b.disabled = size === sizes[0]; });
    buttons("larger").forEach((b) => { b.disabled = size === sizes.at(-1); });
  }

  function silence() {
    if ("speechSynthesis" in window) speechSynthesis.cancel();
    press("read", false);
  }

  function readAloud() {
    if (speechSynthesis.speaking) { silence(); return; }
    const skipped = ".aids, .st-key-menu, .st-key-filters, .skip, style, script, svg, canvas, button";
    const pieces = [...document.querySelectorAll(".stMain :is(h1, h2, h3, p, li, th, td, caption, .figure-value)")]
      .filter((e) => !e.closest(skipped) && e.offsetParent !== null)
      .map((e) => e.innerText.trim()).filter(Boolean);
    const voice = speechSynthesis.getVoices().find((v) => v.localService && v.lang.startsWith(words.language));
    for (const piece of pieces) {
      const line = new SpeechSynthesisUtterance(piece);
      line.lang = words.language === "nl" ? "nl-NL" : "en-GB";
      if (voice) line.voice = voice;
      speechSynthesis.speak(line);
    }
    press("read", true);
  }

  function resize(step) {
    const now = Math.max(0, sizes.indexOf(store.read("size") ?? "100"));
    store.write("size", sizes[Math.min(sizes.length - 1, Math.max(0, now + step))]);
  }

  const actions = {
    smaller: () => resize(-1),
    larger: () => resize(1),
    contrast: () => store.write("contrast", store.read("contrast") === "high" ? "normal" : "high"),
    read: readAloud,
    mute: () => { store.write("mute", store.read("mute") === "on" ? "off" : "on"); silence(); },
    reset: () => { ["size", "contrast", "mute"].forEach((n) => store.write(n, "")); silence(); },
  };
  document.querySelectorAll(".aids button").forEach((button) => {
    button.onclick = () => { actions[button.dataset.aid](); show(); };
  });

  const skip = document.querySelector("a.skip");
  if (skip) skip.onclick = (event) => {
    const title = document.getElementById("page-title");
    if (title) { event.preventDefault(); title.focus(); title.scrollIntoView(); }
  };

  // The menu and the page arrive after this element, so their roles follow when they are there.
  let tries = 0;
  (function label() {
    const main = document.querySelector(".stMain");
    if (main) { main.setAttribute("role", "main"); main.tabIndex = -1; }
    document.querySelectorAll("[data-testid=stSkipToContent]").forEach((own) => own.remove());
    const menu = document.querySelector(".st-key-menu");
    const links = menu ? [...menu.querySelectorAll("a")] : [];
    if (menu) {
      menu.setAttribute("role", "navigation");
      menu.setAttribute("aria-label", words.menu);
      links.forEach((a, place) => {
        if (place === words.place) a.setAttribute("aria-current", "page");
        else a.removeAttribute("aria-current");
      });
      const other = menu.querySelector("button");
      if (other) other.lang = words.otherLanguage;
    }
    if (links.length < words.links && tries++ < 40) setTimeout(label, 25);
  })();
  show();
})();
