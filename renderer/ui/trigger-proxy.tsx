import { type Ref, useImperativeHandle } from 'react'

interface TriggerProxyProps {
  readonly of: HTMLElement | null
  readonly ref?: Ref<HTMLElement | null>
}

/**
 * Stands where Radix wants its trigger as a child, and answers for an element that is elsewhere. So one that has never been
 * used costs nothing, and stays the same element when it is.
 */
export const TriggerProxy = ({ of, ref }: TriggerProxyProps) => {
  useImperativeHandle<HTMLElement | null, HTMLElement | null>(ref, () => of, [of])
  return null
}
