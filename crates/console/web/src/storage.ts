// Queries, tabs and history of one project, apart from those of others that were served at the same address.

/** Texts by name. */
export type Store = ReturnType<typeof storageOf>;

/** `localStorage` with names of its own; never given a credential. */
export function storageOf(project: string) {
  const prefix = `purlin.${project}.`;
  const names = () => Object.keys(window.localStorage).filter((name) => name.startsWith(prefix));
  return {
    getItem: (name: string) => window.localStorage.getItem(prefix + name),
    setItem: (name: string, value: string) => window.localStorage.setItem(prefix + name, value),
    removeItem: (name: string) => window.localStorage.removeItem(prefix + name),
    clear: () => names().forEach((name) => window.localStorage.removeItem(name)),
    get length() {
      return names().length;
    },
  };
}
