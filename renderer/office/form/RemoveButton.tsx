import { Icon } from '#renderer/ui/icons.tsx';

/** Takes a row out. What it takes is said to those who do not see where it stands. */
export const RemoveButton = ({ label, onPress }: { label: string; onPress: () => void }) => (
  <button type="button" className="remove" aria-label={label} title={label} onClick={onPress}>
    <Icon name="cross" />
  </button>
);
