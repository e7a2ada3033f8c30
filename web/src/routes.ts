import { index, layout, type RouteConfig, route } from '@react-router/dev/routes';

export default [
  layout('layout/shop-layout.tsx', [
    index('routes/home.tsx'),
    route('products/:slug', 'routes/product.tsx'),
    route('cart', 'routes/cart.tsx'),
    route('checkout-complete', 'routes/checkout-complete.tsx'),
    route('payment/success', 'routes/payment-success.tsx'),
    route('payment/cancel', 'routes/payment-cancel.tsx'),
    route('orders/:id', 'routes/order.tsx'),
    route('account', 'routes/account.tsx'),
    route('sign-in', 'routes/sign-in.tsx'),
    route('sign-up', 'routes/sign-up.tsx'),
    route('forgot-password', 'routes/forgot-password.tsx'),
    route('new-password', 'routes/new-password.tsx'),
    route('join', 'routes/join.tsx'),
    route('*', 'routes/not-found.tsx'),
  ]),
  layout('layout/checkout-layout.tsx', [route('checkout', 'routes/checkout.tsx')]),
  layout('layout/admin-layout.tsx', [
    layout('layout/content-layout.tsx', [
      route('admin/orders/:id', 'routes/admin/order.tsx'),
      route('admin', 'routes/admin/today.tsx'),
      route('admin/approvals', 'routes/admin/approvals.tsx'),
      route('admin/operators', 'routes/admin/operators.tsx'),
      route('admin/products', 'routes/admin/products.tsx'),
      route('admin/products/new', 'routes/admin/product-new.tsx'),
      route('admin/products/:id', 'routes/admin/product.tsx'),
      route('admin/discounts', 'routes/admin/discounts.tsx'),
      route('admin/discounts/:code', 'routes/admin/discount.tsx'),
      route('admin/import', 'routes/admin/import.tsx'),
    ]),
  ]),
] satisfies RouteConfig;
