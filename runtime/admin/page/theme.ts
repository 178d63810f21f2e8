/** Lets a person choose between light, dark and what their system says, and remembers it. */
export function offerThemes(fieldset: HTMLFieldSetElement): void {
  const theme = remembered();
  apply(theme);
  for (const choice of fieldset.querySelectorAll("input")) {
    choice.checked = choice.value === theme;
    choice.addEventListener("change", () => {
      apply(choice.value);
      remember(choice.value);
    });
  }
}

function apply(theme: string): void {
  document.documentElement.dataset["theme"] = theme;
}

function remembered(): string {
  try {
    const theme = localStorage.getItem(THEME_KEY);
    return theme === "light" || theme === "dark" ? theme : "system";
  } catch {
    return "system";
  }
}

function remember(theme: string): void {
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    // A browser that stores nothing begins with the system's theme each time.
  }
}

const THEME_KEY = "hawser-theme";
