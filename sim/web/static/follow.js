// A page of a class room follows what others do: it is loaded again once its version is another.
"use strict";

for (const root of document.querySelectorAll("[data-follow]")) {
  const ask = async () => {
    try {
      const answer = await fetch(root.dataset.follow);
      if (answer.ok && (await answer.text()) !== root.dataset.version && !isWriting()) location.reload();
    } catch { /* the server is not there now; it is asked again */ }
    setTimeout(ask, 3000);
  };
  const isWriting = () => ["INPUT", "SELECT"].includes(document.activeElement?.tagName);
  setTimeout(ask, 3000);
}
