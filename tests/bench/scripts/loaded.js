// Bytes as they came over the wire, gzipped, by what they are. What the page itself names
// is its first load; the rest is asked for by scripts, once it can be drawn on.
async () => {
  const html = await (await fetch(location.href)).text();
  const sums = { code: 0, code_later: 0, fonts: 0 };
  for (const entry of performance.getEntriesByType("resource")) {
    const { pathname } = new URL(entry.name);
    const bytes = entry.encodedBodySize;
    if (pathname.endsWith(".woff2")) sums.fonts += bytes;
    else if (!/\.(js|css)$/.test(pathname)) continue;
    else if (named(html, entry.name, pathname)) sums.code += bytes;
    else sums.code_later += bytes;
  }
  return sums;

  function named(text, url, path) {
    const file = path.split("/").pop();
    const is_style_later = /later\.[0-9a-f]+\.css$/.test(url); // named, not linked
    return text.includes(file) && !is_style_later;
  }
}
