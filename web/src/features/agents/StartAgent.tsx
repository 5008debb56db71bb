import { useState } from 'react'
import { basePath } from '../../base-path.ts'
import { SecretText } from '../../components/SecretText.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { TextField } from '../../components/TextField.tsx'
import { t } from '../../language/t.ts'
import styles from './StartAgent.module.css'
import { startCommands, type Shell } from './start-commands.ts'

const shells = [
  { value: 'sh', label: 'Linux, macOS' },
  { value: 'powershell', label: 'Windows' },
] as const satisfies readonly { value: Shell; label: string }[]

const mostSlots = 1024

/** The lines that start an agent with a token, as it is to be called and to work. */
export function StartAgent({ secret, tokenName }: { secret: string; tokenName: string }) {
  const [shell, setShell] = useState<Shell>(() => (/\bWindows\b/.test(navigator.userAgent) ? 'powershell' : 'sh'))
  const [name, setName] = useState(tokenName)
  const [slots, setSlots] = useState('4')
  const areSlotsRight = /^\d+$/.test(slots) && Number(slots) >= 1 && Number(slots) <= mostSlots
  const start = {
    server: `${location.origin}${basePath}`,
    secret,
    name: name.trim(),
    slots: areSlotsRight ? Number(slots) : 4,
  }
  return (
    <div className={styles.start}>
      <p>{t('Start an agent with it, on any machine that has Node 20.19 or newer and reaches this address:')}</p>
      <div className={styles.settings}>
        <TextField
          label={t('Name of the agent')}
          placeholder={t('the name of its machine')}
          autoComplete="off"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={t('Slots')}
          inputMode="numeric"
          autoComplete="off"
          value={slots}
          error={areSlotsRight ? undefined : t('1 to {most}', { most: mostSlots })}
          onChange={(event) => setSlots(event.target.value.trim())}
        />
        <SegmentedControl label={t('Where it is to run')} options={shells} value={shell} onChange={setShell} />
      </div>
      <SecretText name={t('commands')} text={startCommands(shell, start)} />
      {isOfThisMachine(location.hostname) && (
        <p className={styles.note}>
          {t(
            '{host} means this machine alone. For an agent elsewhere, open this page by an address that is reached from there.',
            { host: location.hostname },
          )}
        </p>
      )}
    </div>
  )
}

const isOfThisMachine = (host: string) => host === 'localhost' || host === '[::1]' || host.startsWith('127.')
