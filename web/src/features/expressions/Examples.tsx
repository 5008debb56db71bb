import styles from './Examples.module.css'

const examples = [
  '(1+2)*(3-4)/5',
  '1/3 + 1/6',
  '1+2+3+4+5+6+7+8',
  'x = 2^64-1; y = x*x; y + x',
  'sum(k = 1..20, 1/k^2)',
  '-2^2 * (0.1 + 0.2)',
] as const

export function Examples({ onPick }: { onPick: (source: string) => void }) {
  return (
    <ul className={styles.examples}>
      {examples.map((example) => (
        <li key={example}>
          <button type="button" className={styles.example} onClick={() => onPick(example)}>
            {example}
          </button>
        </li>
      ))}
    </ul>
  )
}
