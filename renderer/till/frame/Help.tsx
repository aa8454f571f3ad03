import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '#renderer/ui/language.ts';
import { help as english } from '#resources/locales/en/till-help.ts';
import { help as french } from '#resources/locales/fr/till-help.ts';
import { useKeys } from '../keyboard/useKeys.ts';
import { Action, KeyCap, keepFocus } from './Action.tsx';

const words = { fr: french, en: english };

type Line = { cap: string; words: string };
type Lines = { here: Line[]; everywhere: Line[] };

/** The keys that work now, as they are printed: every button of the till carries its own. */
function printedKeys(): Lines {
  const lines: Lines = { here: [], everywhere: [] };
  for (const button of document.querySelectorAll<HTMLElement>('.till [aria-keyshortcuts]:not(.who, .help-key)')) {
    const cap = button.querySelector('.kbd');
    if (!cap?.checkVisibility({ visibilityProperty: true }) || button.getAttribute('aria-disabled') === 'true')
      continue;
    const copy = button.cloneNode(true) as HTMLElement;
    for (const part of copy.querySelectorAll('.kbd, small')) part.remove();
    const spoken = button.getAttribute('aria-label') ?? button.querySelector('.spoken')?.textContent;
    const said = spoken ?? copy.textContent.trim();
    const list = button.closest('.eye, .hand, .offline') ? lines.here : lines.everywhere;
    list.push({ cap: cap.textContent, words: said });
  }
  return lines;
}

/** F1: what the keys of this screen do. */
export function Help() {
  const t = words[useLanguage().language];
  const [lines, setLines] = useState<Lines | null>(null);
  const open = () => setLines(printedKeys());
  useKeys('frame', { keys: { F1: open } });
  return (
    <>
      <button type="button" className="lamp help-key" aria-keyshortcuts="F1" onClick={open} onMouseDown={keepFocus}>
        <span className="spoken">{t.title}</span>
        <KeyCap name="F1" />
      </button>
      {lines ? <Sheet lines={lines} onClose={() => setLines(null)} /> : null}
    </>
  );
}

function Sheet({ lines, onClose }: { lines: Lines; onClose: () => void }) {
  const t = words[useLanguage().language];
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useKeys('dialog', { keys: { F1: onClose } });
  const everywhere = [
    ...lines.everywhere,
    { cap: 'F8', words: t.reverse },
    { cap: 'V', words: t.devices },
    { cap: 'Ctrl L', words: t.staff },
  ];
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">{t.title}</h2>
      <div className="columns">
        <Keys title={t.here} lines={lines.here} />
        <Keys title={t.everywhere} lines={everywhere} />
      </div>
      <Action kind="primary" layer="dialog" keyName="Escape" onPress={onClose} focus>
        {t.close}
      </Action>
    </dialog>
  );
}

const Keys = ({ title, lines }: { title: string; lines: Line[] }) => (
  <section>
    <h3 className="label">{title}</h3>
    <dl>
      {lines.map((line) => (
        <div key={`${line.cap} ${line.words}`}>
          <dt className="kbd">{line.cap}</dt>
          <dd>{line.words}</dd>
        </div>
      ))}
    </dl>
  </section>
);
