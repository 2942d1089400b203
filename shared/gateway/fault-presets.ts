import { faultRule, type FaultRule } from './fault-plan';

/** The world outside as people meet it, by the names of `laurel gateway --preset`. */
export const FAULT_PRESETS = ['rate-limit', 'slow-friday', 'flaky-network', 'expiring-tokens'] as const;
export type FaultPreset = (typeof FAULT_PRESETS)[number];

type Given = Partial<FaultRule> & Pick<FaultRule, 'fault'>;

const RULES = {
  // The vendor's testing clusters take a hundred requests a minute.
  'rate-limit': [{ fault: '429', perMinute: 100 }],
  'slow-friday': [
    { fault: 'latency', milliseconds: 400, share: 0.8 },
    { fault: 'latency', milliseconds: 3_000, share: 0.1 },
    { fault: '502', share: 0.02 },
  ],
  'flaky-network': [
    { fault: 'reset-before-commit', share: 0.04 },
    { fault: 'reset-after-commit', share: 0.03 },
    { fault: 'cut-body', share: 0.03 },
    { fault: 'no-answer', share: 0.005 },
  ],
  'expiring-tokens': [{ fault: 'expire-tokens', after: 10, share: 0.05 }],
} as const satisfies Record<FaultPreset, readonly Given[]>;

/** The rules of a preset, each whole; the same ones each time, so that a run can be repeated. */
export function rulesOfPreset(preset: FaultPreset): FaultRule[] {
  return RULES[preset].map((rule) => faultRule.parse(rule));
}
