import CircleAlert from 'lucide-react/icons/circle-alert';
import Info from 'lucide-react/icons/info';
import type { ReactNode, Ref } from 'react';

const tones = {
  info: { box: 'bg-info-soft text-info', icon: Info },
  warning: { box: 'bg-warning-soft text-warning', icon: CircleAlert },
  danger: { box: 'bg-danger-soft text-danger', icon: CircleAlert },
};

type NoticeProps = {
  tone: keyof typeof tones;
  /** `alert` interrupts a screen reader, `status` waits for its turn. */
  role?: 'alert' | 'status';
  ref?: Ref<HTMLDivElement>;
  className?: string;
  children: ReactNode;
};

export function Notice({ tone, role, ref, className, children }: NoticeProps) {
  const { box, icon: Icon } = tones[tone];
  return (
    <div
      ref={ref}
      role={role}
      tabIndex={role === 'alert' ? -1 : undefined}
      className={`flex items-start gap-3 rounded-card p-4 ${box} ${className ?? ''}`}
    >
      <Icon aria-hidden="true" size={20} strokeWidth={1.75} className="mt-0.5 shrink-0" />
      <div className="min-w-0 font-medium">{children}</div>
    </div>
  );
}
