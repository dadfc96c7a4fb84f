import type { DiagnosisFact, DiagnosisStep } from '../contract/diagnosis.ts'
import { failureSentence, type Translate } from './i18n.ts'

/**
 * What a step of the connection test has found, in words.
 * @param hasAccount whether an account was tested, and not only an address
 */
export const findingText = (t: Translate, step: DiagnosisStep, hasAccount: boolean): string => {
  if (step.outcome === 'failed')
    return t('units.named', { name: t('diagnostics.failed'), what: failureSentence(t, step.failure) })
  if (step.outcome === 'skipped') {
    return t(step.name === 'live' && hasAccount ? 'diagnostics.notLive' : 'diagnostics.skipped')
  }
  return step.fact === null ? t('diagnostics.ok') : factText(t, step.fact)
}

const factText = (t: Translate, fact: DiagnosisFact): string => {
  switch (fact.kind) {
    case 'host':
      return fact.host
    case 'apiVersion':
      return t('diagnostics.apiVersion', { title: fact.title, version: fact.version })
    case 'methods':
      return fact.methods.map((method) => t(`diagnostics.method.${method}`)).join(t('units.comma'))
    case 'username':
      return t('diagnostics.username', { username: fact.username })
    case 'total':
      return t('diagnostics.total', { count: fact.total })
    case 'totalInSession':
      return t('diagnostics.totalInSession', { count: fact.total })
  }
}
