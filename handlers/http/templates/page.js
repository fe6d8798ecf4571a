(() => {
  const form = document.querySelector("#calculator form");
  if (!form || !window.fetch) return;
  let timer = 0, turn = 0;
  const renew = async () => {
    const own = ++turn, result = document.querySelector("#result");
    if (!form.checkValidity()) return;
    const query = "?" + new URLSearchParams(new FormData(form));
    result.classList.add("waits");
    try {
      const answer = await fetch(location.pathname + query);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (own !== turn || !answer.ok) return;
      for (const id of ["#result", "#calculator label:last-of-type", "section.card:not(#calculator) table"]) {
        const [old, next] = [document.querySelector(id), fresh.querySelector(id)];
        if (old && next && !old.contains(document.activeElement)) old.replaceWith(document.importNode(next, true));
      }
      history.replaceState(null, "", query);
    } catch {
      return;
    } finally {
      document.querySelector("#result").classList.remove("waits");
    }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(renew, 250); });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); renew(); });
})();
