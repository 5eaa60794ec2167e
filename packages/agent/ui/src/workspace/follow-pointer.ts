import type { PointerEvent as Pressed } from 'react';

/** From where it was pressed until it is let go: how far the pointer has come, in pixels. */
export const followPointer = (
  pressed: Pressed,
  moved: (right: number, down: number) => void,
  done: (right: number, down: number) => void,
): void => {
  const from = { x: pressed.clientX, y: pressed.clientY };
  const way = ({ clientX, clientY }: PointerEvent): [number, number] => [clientX - from.x, clientY - from.y];
  const follow = (event: PointerEvent) => moved(...way(event));
  const end = (event: PointerEvent) => {
    document.removeEventListener('pointermove', follow);
    document.removeEventListener('pointerup', end);
    document.removeEventListener('pointercancel', end);
    document.body.classList.remove('dragging');
    done(...way(event));
  };
  // a frame under the pointer would swallow its moves
  document.body.classList.add('dragging');
  document.addEventListener('pointermove', follow);
  document.addEventListener('pointerup', end);
  document.addEventListener('pointercancel', end);
};
