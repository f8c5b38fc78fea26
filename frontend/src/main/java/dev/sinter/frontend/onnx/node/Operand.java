package dev.sinter.frontend.onnx.node;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/// What an ONNX value name stands for during the import. Identity counts, as for values of a graph.
public sealed interface Operand {
    TensorType type();

    /// A tensor that is known now. It becomes a constant of the graph if a node reads it.
    final class Known implements Operand {
        private final Optional<String> name;
        private final Tensor tensor;

        public Known(Optional<String> name, Tensor tensor) {
            this.name = name;
            this.tensor = tensor;
        }

        /// The file's name for it; empty for a helper that the importer made up.
        public Optional<String> name() {
            return name;
        }

        public Tensor tensor() {
            return tensor;
        }

        @Override
        public TensorType type() {
            return tensor.type();
        }
    }

    /// A value of the graph: an input, or what a node yields.
    record Computed(Value value) implements Operand {
        @Override
        public TensorType type() {
            return value.type();
        }
    }

    /// What an operator will yield that has no node yet, because its name is not decided.
    final class Draft implements Operand {
        private final Op op;
        private final List<Operand> inputs;
        private final TensorType type;

        public Draft(Op op, List<Operand> inputs, TensorType type) {
            this.op = op;
            this.inputs = List.copyOf(inputs);
            this.type = type;
        }

        public Op op() {
            return op;
        }

        public List<Operand> inputs() {
            return inputs;
        }

        @Override
        public TensorType type() {
            return type;
        }
    }
}
