const PATHS = {
  failing: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM5.8 5.8l4.4 4.4m0-4.4-4.4 4.4',
  warning: 'M8 2 1.6 13.5h12.8L8 2Zm0 4.5v3.2m0 1.7v.1',
  progressing: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 4.5V8l2.4 1.6',
  unknown:
    'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM6.2 6.2c.2-1.9 3.6-1.8 3.5.2 0 1.3-1.7 1.3-1.7 2.6m0 2v.1',
  healthy: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM5 8.2l2.1 2.1L11 6.2',
  finished: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM5.5 8h5',
  chevron: 'm6 3.5 4.5 4.5L6 12.5',
  close: 'm3.5 3.5 9 9m0-9-9 9',
  refresh: 'M13.5 8A5.5 5.5 0 1 1 11.6 3.8M13.5 1.8v3h-3',
  search: 'M7 2.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6Zm3.6 8.4 3.2 3.2',
  auto: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 1.5v13M8 4.5h3.6M8 7.5h5.5M8 10.5h4.5',
  light:
    'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6Zm0-3.5v1m0 11v1m6.5-6.5h-1m-11 0h-1m11.1-4.6-.7.7m-7.8 7.8-.7.7m0-9.2.7.7m7.8 7.8.7.7',
  dark: 'M13.6 9.7A6 6 0 0 1 6.3 2.4a6 6 0 1 0 7.3 7.3Z',
  key: 'M5 8a2.8 2.8 0 1 0 0 .1M7.8 8h6.7v2.4M11.5 8v2',
  help: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM6.2 6.2c.2-1.9 3.6-1.8 3.5.2 0 1.3-1.7 1.3-1.7 2.6m0 2v.1',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  external: 'M9 2.5h4.5V7m0-4.5L7.5 8.5M11.5 9v4.5h-9v-9H7',
  filter: 'M2 3.5h12M4.5 8h7M7 12.5h2',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: whatever it says is said in words, too. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg className={`icon ${className}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
