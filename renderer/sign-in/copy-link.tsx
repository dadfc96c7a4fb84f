import { useState } from 'react'
import { useServices } from '../services.ts'
import { Button } from '../ui/button.tsx'

/** Copies the address of the approval page, for who is signed in to the forum in another browser. */
export const CopyLink = ({ attempt }: { readonly attempt: string }) => {
  const { t, host } = useServices()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => setCopied((await host.execute('attempt.copyLink', { attempt })).ok)
  return <Button onClick={() => void copy()}>{t(isCopied ? 'add.linkCopied' : 'add.copyLink')}</Button>
}
