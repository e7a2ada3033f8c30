import type { ButtonHTMLAttributes } from 'react';
import { Link, type LinkProps } from 'react-router';

type Variant = 'primary' | 'secondary' | 'quiet' | 'danger';
type Size = 'medium' | 'large' | 'small';

const base =
  'inline-flex items-center justify-center gap-2 rounded-control font-medium text-center transition-colors duration-120 aria-disabled:opacity-60';
const variants: Record<Variant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border border-control bg-surface text-text hover:bg-hover',
  danger: 'bg-danger text-surface hover:opacity-90',
  quiet: 'text-accent underline underline-offset-4 hover:bg-hover',
};
const sizes: Record<Size, string> = {
  small: 'min-h-9 px-3 text-sm',
  medium: 'min-h-11 px-5 text-base',
  large: 'min-h-13 px-6 text-base',
};

function classes(variant: Variant, size: Size, extra?: string): string {
  return `${base} ${variants[variant]} ${sizes[size]} ${extra ?? ''}`;
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { variant?: Variant; size?: Size };

export function Button({
  variant = 'primary',
  size = 'medium',
  className,
  type = 'button',
  ...rest
}: ButtonProps) {
  return <button type={type} className={classes(variant, size, className)} {...rest} />;
}

type ButtonLinkProps = LinkProps & { variant?: Variant; size?: Size; className?: string };

export function ButtonLink({ variant = 'primary', size = 'medium', className, ...rest }: ButtonLinkProps) {
  return <Link className={classes(variant, size, className)} {...rest} />;
}
