import { type ReactNode, useState } from 'react'
import { useIsPainted } from './use-is-painted.ts'

interface PictureProps {
  readonly src: string | null
  readonly className: string
  /** What stands there without a picture. */
  readonly otherwise?: ReactNode
}

/** A picture that says nothing which the words beside it do not, and that may be missing. It is fetched when it comes near. */
export const Picture = ({ src, className, otherwise = null }: PictureProps) => {
  const [broken, setBroken] = useState<string | null>(null)
  const isPainted = useIsPainted()
  if (src === null || src === broken || !isPainted) return otherwise
  return <img className={className} src={src} alt="" loading="lazy" onError={() => setBroken(src)} />
}
