/* Runs before the page is painted, so that neither the colours nor the navigation jump. */
{
  const root = document.documentElement;
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  const applyTheme = () => {
    const wanted = root.dataset.theme;
    root.dataset.bsTheme = wanted === 'dark' || (wanted === 'auto' && prefersDark.matches) ? 'dark' : 'light';
  };
  applyTheme();
  prefersDark.addEventListener('change', applyTheme);
  root.dataset.script = 'on';
  if (localStorage.getItem('navigation') === 'collapsed') root.dataset.navigation = 'collapsed';
}
