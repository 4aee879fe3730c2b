import {
  DictationDeviceManager,
  ImplementationType,
  LedStatePM3,
  SimpleLedState,
  type DictationDevice,
} from 'dictation_support';

import type { DeviceLight } from './button-commands.ts';

export interface DictationDevices {
  /** Asks the reader which device; answers how many are there now. Must come from a key or a click. */
  connect(): Promise<number>;
  light(light: DeviceLight): void;
}

const SPEECHMIKE_LIGHTS: Readonly<Record<DeviceLight, SimpleLedState>> = {
  off: SimpleLedState.OFF,
  ready: SimpleLedState.RECORD_STANDBY_INSERT,
  recording: SimpleLedState.RECORD_INSERT,
};
const POWERMIC_LIGHTS: Readonly<Record<DeviceLight, LedStatePM3>> = {
  off: LedStatePM3.OFF,
  ready: LedStatePM3.GREEN,
  recording: LedStatePM3.RED,
};

async function setLight(device: DictationDevice, light: DeviceLight): Promise<void> {
  switch (device.implType) {
    case ImplementationType.SPEECHMIKE_HID:
      return device.setSimpleLedState(SPEECHMIKE_LIGHTS[light]);
    case ImplementationType.POWERMIC_3:
      return device.setLed(POWERMIC_LIGHTS[light]);
    case ImplementationType.SPEECHMIKE_GAMEPAD:
    case ImplementationType.FOOT_CONTROL:
      return;
  }
}

/** Buttons and lights of the devices that were allowed before, and of those plugged in later (WebHID). */
export async function openDictationDevices(listener: {
  /** The state of all buttons of one device, before and now. */
  readonly onButtons: (before: number, now: number) => void;
}): Promise<DictationDevices> {
  const manager = new DictationDeviceManager();
  const states = new Map<number, number>();
  let shown: DeviceLight = 'off';
  // A device that was pulled out in between is no reason to stop.
  const show = (device: DictationDevice) => void setLight(device, shown).catch(() => undefined);

  manager.addButtonEventListener((device, bits: number) => {
    const before = states.get(device.id) ?? 0;
    states.set(device.id, bits);
    listener.onButtons(before, bits);
  });
  manager.addDeviceConnectedEventListener(show);
  manager.addDeviceDisconnectedEventListener(({ id }) => {
    // What was held down is let go of.
    listener.onButtons(states.get(id) ?? 0, 0);
    states.delete(id);
  });
  await manager.init();
  return {
    async connect() {
      await manager.requestDevice();
      manager.getDevices().forEach(show);
      return manager.getDevices().length;
    },
    light(light) {
      if (light === shown) return;
      shown = light;
      manager.getDevices().forEach(show);
    },
  };
}
