import type { Language } from '#contract/money/index.ts';
import { type Told, words } from './verdict.ts';

/** What a person can do on the page. */
export type Hands = { switchLanguage: () => void; check: (text: string) => void; canDownload: boolean };

const icons: Record<Told['tone'], string> = { go: '✓', warn: '!', stop: '✕', quiet: '▦' };

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  members: Partial<HTMLElementTagNameMap[K]> = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), members);
  made.append(...children);
  return made;
}

/** Draws the whole page anew: it is small, and changes only when a person asks something. */
export function drawPage(root: HTMLElement, told: Told, language: Language, hands: Hands): void {
  const t = words[language];
  document.documentElement.lang = language;
  document.title = t.title;
  root.replaceChildren(
    element('header', {}, [
      element('h1', { textContent: t.title }),
      element('button', { type: 'button', className: 'language', textContent: t.other, onclick: hands.switchLanguage }),
    ]),
    verdict(told, t.compare),
    pasting(t, hands),
    footer(t, hands),
  );
}

function verdict(told: Told, compare: string): HTMLElement {
  const section = element('section', { className: `verdict ${told.tone}` }, [
    element('p', { className: 'word' }, [
      element('span', { className: 'icon', textContent: icons[told.tone], ariaHidden: 'true' }),
      element('strong', { textContent: told.word }),
    ]),
    element('p', { textContent: told.detail }),
  ]);
  section.dataset.verdict = told.kind;
  section.setAttribute('role', 'status');
  if (told.facts.length === 0) return section;
  const facts = element(
    'dl',
    {},
    told.facts.flatMap(({ name, value }) => [
      element('dt', { textContent: name }),
      element('dd', { textContent: value }),
    ]),
  );
  const remark = told.remark === null ? [] : [element('p', { className: 'remark', textContent: told.remark })];
  return element('div', { className: 'found' }, [
    section,
    facts,
    ...remark,
    element('p', { className: 'compare', textContent: compare }),
  ]);
}

function pasting(t: (typeof words)[Language], { check }: Hands): HTMLElement {
  const field = element('textarea', { rows: 3, name: 'code', spellcheck: false, autocomplete: 'off' });
  const form = element('form', {}, [
    element('label', {}, [t.paste, field]),
    element('button', { type: 'submit', textContent: t.check }),
  ]);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    check(field.value);
  });
  return form;
}

function footer(t: (typeof words)[Language], { canDownload }: Hands): HTMLElement {
  const link = element('a', { href: './', download: 'comptoir-verify.html', textContent: t.download });
  return element('footer', {}, [t.offline, ...(canDownload ? [' ', link] : [])]);
}
