import { sizeOf, type ParameterTensor } from './logCnn';
import type { Tensors } from './layers';
import type { Edge, GraphBuilder } from './onnx/graph';

/** Constants of Kingma & Ba, "Adam: A Method for Stochastic Optimization", 2015: the paper's defaults. */
const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

/** What a step needs beside the gradient, computed in doubles: 1 − β₂ᵗ in float32 loses five digits. */
export interface AdamCorrections {
  /** rate / (1 − β₁ᵗ) */
  stepSize: number;
  /** √(1 − β₂ᵗ) */
  rootCorrection: number;
}

/** The corrections of step `t`, counted from 1. */
export function adamCorrections(t: number, rate: number): AdamCorrections {
  return { stepSize: rate / (1 - BETA_1 ** t), rootCorrection: Math.sqrt(1 - BETA_2 ** t) };
}

/**
 * Adam as part of a graph. Declares the inputs `parameters`, `m` and `v` (flat float32 vectors, the tensors one after
 * another), `step_size` [1] and `root_correction` [1]; {@link update} declares the outputs `parameters_out`, `m_out` and
 * `v_out`.
 */
export class AdamStep {
  /** The flat parameter vector before the step. */
  readonly parameters: Edge;
  private readonly m: Edge;
  private readonly v: Edge;
  private readonly stepSize: Edge;
  private readonly rootCorrection: Edge;
  private readonly count: number;

  constructor(
    private readonly graph: GraphBuilder,
    private readonly tensors: readonly ParameterTensor[],
  ) {
    this.count = tensors.reduce((sum, tensor) => sum + sizeOf(tensor), 0);
    [this.parameters, this.m, this.v] = ['parameters', 'm', 'v'].map((name) =>
      graph.input(name, 'float32', [this.count]),
    );
    this.stepSize = graph.input('step_size', 'float32', [1]);
    this.rootCorrection = graph.input('root_correction', 'float32', [1]);
  }

  /**
   * Takes the step.
   * @param gradients of each tensor, by its name
   * @param withGradient whether the flat gradient is an output too, named `gradient`
   * @param scale what the gradients are to be multiplied with, here where they are fewest
   */
  update(gradients: Tensors, withGradient: boolean, scale = 1): void {
    const { graph, count } = this;
    const flat = graph.concatenate(
      this.tensors.map(({ name }) => graph.reshape(gradients[name], [-1])),
      0,
    );
    const gradient = scale === 1 ? flat : graph.multiply(flat, graph.scalar(scale));
    if (withGradient) {
      graph.output('gradient', gradient, 'float32', [count]);
    }
    const average = (old: Edge, fresh: Edge, beta: number): Edge =>
      graph.add(graph.multiply(old, graph.scalar(beta)), graph.multiply(fresh, graph.scalar(1 - beta)));
    const m = average(this.m, gradient, BETA_1);
    const v = average(this.v, graph.multiply(gradient, gradient), BETA_2);
    const deviation = graph.add(graph.divide(graph.op('Sqrt', [v]), this.rootCorrection), graph.scalar(EPSILON));
    const step = graph.multiply(graph.divide(m, deviation), this.stepSize);
    graph.output('parameters_out', graph.subtract(this.parameters, step), 'float32', [count]);
    graph.output('m_out', m, 'float32', [count]);
    graph.output('v_out', v, 'float32', [count]);
  }
}
