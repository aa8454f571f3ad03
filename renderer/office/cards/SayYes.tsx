import { Confirm } from '#renderer/ui/Confirm.tsx';
import { useChange } from '../lists/useList.ts';
import { useOffice } from '../office.ts';
import type { FileRequest } from './FileRequestTable.tsx';
import { useCardWords } from './words.ts';

/** Says whose data leave, and with whom, before the second person says yes. */
export function SayYes({ request, onEnd }: { request: FileRequest; onEnd: (approved: boolean) => void }) {
  const { client } = useOffice();
  const { t, say, trouble: sayTrouble } = useCardWords();
  const { busy, trouble, change } = useChange();
  const { file: words } = t;
  const facts = { name: request.askedBy, people: request.people };
  const approve = async () => {
    if (busy) return;
    const decision = { id: request.id, approved: true };
    if (await change(async () => void (await client.office.decideCustomerFile(decision)))) onEnd(true);
  };
  return (
    <Confirm
      title={say(words.confirmTitle, facts)}
      consequences={[say(words.consequences.data, facts), words.consequences.outside, words.consequences.record]}
      confirm={say(words.confirm, facts)}
      cancel={words.cancel}
      busy={busy}
      trouble={trouble && sayTrouble(trouble)}
      onConfirm={() => void approve()}
      onCancel={() => onEnd(false)}
    />
  );
}
