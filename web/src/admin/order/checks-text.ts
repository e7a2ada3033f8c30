import type { CardChecks } from '@paydesk/contract/admin/desk';

const threeDSecure: Record<string, string> = {
  authenticated: '3-D Secure passed',
  attempt_acknowledged: '3-D Secure tried, the bank does not take part',
  exempted: '3-D Secure not needed',
  failed: '3-D Secure failed',
  not_supported: '3-D Secure not supported',
  processing_error: '3-D Secure had an error',
};

/** How the card was checked, in a few words. */
export function checksText({ threeDSecure: result, riskLevel, riskScore }: CardChecks): string {
  const secure = result === null ? 'no 3-D Secure' : (threeDSecure[result] ?? `3-D Secure: ${result}`);
  const isKnown = riskLevel !== null && riskLevel !== 'not_assessed' && riskLevel !== 'unknown';
  const score = riskScore === null ? '' : ` (${riskScore} of 99)`;
  return isKnown ? `${secure}, risk ${riskLevel}${score}` : secure;
}
