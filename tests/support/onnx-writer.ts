/** A value of Protocol Buffers, in the field numbers of `onnx.proto` (ONNX IR specification): text, whole number, bytes or a message. */
type Field = readonly [number: number, value: string | number | Uint8Array];

function varint(value: number): readonly number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

const message = (fields: readonly Field[]): Uint8Array =>
  Buffer.concat(
    fields.map(([number, value]) => {
      if (typeof value === 'number') return Buffer.from([...varint(number * 8), ...varint(value)]);
      const body = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
      return Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(body.length)]), body]);
    }),
  );

const TYPES = { float: 1, int32: 6, int64: 7 } as const;
type ElementType = keyof typeof TYPES;

/** TensorProto: dims 1, data_type 2, name 8, raw_data 9. */
export function tensor(
  name: string,
  type: ElementType,
  dims: readonly number[],
  values: readonly number[],
): Uint8Array {
  const data =
    type === 'float'
      ? new Uint8Array(Float32Array.from(values).buffer)
      : type === 'int32'
        ? new Uint8Array(Int32Array.from(values).buffer)
        : new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  return message([...dims.map((dim): Field => [1, dim]), [2, TYPES[type]], [8, name], [9, data]]);
}

/** ValueInfoProto; a dimension of letters is free. */
export const port = (name: string, type: ElementType, dims: readonly (number | string)[]): Uint8Array =>
  message([
    [1, name],
    [
      2,
      message([
        [
          1,
          message([
            [1, TYPES[type]],
            [2, message(dims.map((dim): Field => [1, message([[typeof dim === 'number' ? 1 : 2, dim]])]))],
          ]),
        ],
      ]),
    ],
  ]);

/** NodeProto; attributes are whole numbers or rows of them (AttributeProto: i 3, ints 8, type 20). */
export const node = (
  type: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, number | readonly number[]>> = {},
): Uint8Array =>
  message([
    ...inputs.map((input): Field => [1, input]),
    ...outputs.map((output): Field => [2, output]),
    [4, type],
    ...Object.entries(attributes).map(([name, value]): Field => [
      5,
      typeof value === 'number'
        ? message([
            [1, name],
            [3, value],
            [20, 2],
          ])
        : message([[1, name], ...value.map((one): Field => [8, one]), [20, 7]]),
    ]),
  ]);

/** ModelProto, IR version 8, operator set 13. */
export const onnxModel = (graph: {
  readonly nodes: readonly Uint8Array[];
  readonly constants: readonly Uint8Array[];
  readonly inputs: readonly Uint8Array[];
  readonly outputs: readonly Uint8Array[];
  readonly metadata: Readonly<Record<string, string | number>>;
}): Uint8Array =>
  message([
    [1, 8],
    [2, 'overread-test'],
    [
      7,
      message([
        ...graph.nodes.map((one): Field => [1, one]),
        [2, 'graph'],
        ...graph.constants.map((one): Field => [5, one]),
        ...graph.inputs.map((one): Field => [11, one]),
        ...graph.outputs.map((one): Field => [12, one]),
      ]),
    ],
    [8, message([[2, 13]])],
    ...Object.entries(graph.metadata).map(([key, value]): Field => [
      14,
      message([
        [1, key],
        [2, String(value)],
      ]),
    ]),
  ]);
