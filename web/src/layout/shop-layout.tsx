import { Outlet } from 'react-router';
import { CartDrawer } from '../cart/cart-drawer.tsx';
import { ShopFrame } from './shop-frame.tsx';

export default function ShopLayout() {
  return (
    <ShopFrame>
      <Outlet />
      <CartDrawer />
    </ShopFrame>
  );
}
