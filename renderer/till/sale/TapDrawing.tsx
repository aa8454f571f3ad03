/** A card above a reader. */
export const TapDrawing = ({ moving }: { moving: boolean }) => (
  <svg
    className={moving ? 'tapart moving' : 'tapart'}
    viewBox="0 0 250 150"
    aria-hidden="true"
    fill="none"
    stroke="currentColor"
    strokeWidth="4"
    strokeLinejoin="round"
    strokeLinecap="round"
  >
    <path d="M60 118h130l18 24H42z" fill="currentColor" fillOpacity=".14" />
    <path d="M84 130h82" />
    <g className="w">
      <path d="M96 104a40 40 0 0 1 58 0" opacity=".9" />
      <path d="M82 92a60 60 0 0 1 86 0" opacity=".55" />
    </g>
    <g transform="rotate(-8 125 45)">
      <rect className="plate" x="72" y="12" width="106" height="66" rx="8" />
      <path d="M72 32h106" strokeWidth="8" />
      <rect x="84" y="46" width="20" height="15" rx="3" />
      <path d="M140 60h26" />
    </g>
  </svg>
);
