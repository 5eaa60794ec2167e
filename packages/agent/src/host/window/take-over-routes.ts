import { type Answer, checkOf, deskTakeOverMethods, LaunchParameters, type Route } from '@cordboard/contract';

/** What the window asks when its person was told that he is logged on elsewhere, and wants to go on here. */
export const takeOverRoutes = (
  takeOver: (parameters: LaunchParameters) => Answer,
): ReadonlyMap<string, Route> =>
  new Map<string, Route>([
    [
      deskTakeOverMethods.takeOver,
      { check: checkOf(LaunchParameters), run: (parameters: LaunchParameters) => takeOver(parameters) },
    ],
  ]);
