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
    const skipped = ".aids, .menu, .filters, .choice, .skip, style, script, svg, canvas, button";
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

  // A choice is an address: put it in the history and let Streamlit go there as the back button does.
  // After the page has changed, the keyboard goes on where it was: at the control, or at the title.
  function go(address, focus) {
    const there = new URL(address, location.href);
    const leaves = there.pathname !== location.pathname;
    history.pushState({}, "", there);
    dispatchEvent(new PopStateEvent("popstate"));
    if (leaves) document.querySelector(".stMain")?.scrollTo(0, 0);
    const old = document.querySelector(leaves ? "#page-title" : focus);
    if (!old) return;
    const watch = new MutationObserver(() => {
      const now = document.querySelector(leaves ? "#page-title" : focus);
      if (!now || now === old) return;
      watch.disconnect();
      if (document.activeElement === document.body || !document.activeElement.isConnected) {
        now.focus({ preventScroll: true });
      }
    });
    watch.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), 10000);
  }

  function typedNumber(text) {
    const marks = words.language === "nl" ? [/\./g, ","] : [/,/g, "."];
    return text.trim().replace(marks[0], "").replace(marks[1], ".");
  }

  function valueOf(control) {
    if (control.type === "checkbox") return control.checked ? control.value : "";
    if ("number" in control.dataset) return typedNumber(control.value);
    if (control.dataset.add) return control.value && `${control.dataset.add},${control.value}`;
    return control.value;
  }

  document.onclick = (event) => {
    const button = event.target.closest?.("button[data-go]");
    if (button) { go(button.dataset.go, `[data-part="${button.dataset.part}"]`); return; }
    const link = event.target.closest?.("a[data-go]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(link.href, `a[data-go][href="${CSS.escape(link.getAttribute("href"))}"]`);
  };
  document.onchange = (event) => {
    const control = event.target.closest?.("[data-choice]");
    if (!control) return;
    const there = new URL(location.href);
    const value = valueOf(control);
    if (value) there.searchParams.set(control.name, value);
    else there.searchParams.delete(control.name);
    (control.dataset.drops ?? "").split(" ").forEach((name) => name && there.searchParams.delete(name));
    go(there, `[data-choice][name="${control.name}"]`);
  };

  const main = document.querySelector(".stMain");
  if (main) { main.setAttribute("role", "main"); main.tabIndex = -1; }
  show();
})();
