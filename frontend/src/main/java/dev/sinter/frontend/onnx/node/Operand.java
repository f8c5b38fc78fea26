package dev.sinter.frontend.onnx.node;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What an ONNX value name stands for during the import. Identity counts, as for values of a graph.
public sealed interface Operand {
    TensorType type();

    /// True if the type says only how large the extents are at most.
    default boolean isOpen() {
        return false;
    }

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
    record Computed(Value value, boolean isOpen) implements Operand {
        public Computed(Value value) {
            this(value, false);
        }

        @Override
        public TensorType type() {
            return value.type();
        }
    }

    /// An operator and what it is to read. Identity counts: what it yields are drafts of one node.
    final class Application {
        private final Op op;
        private final List<Operand> inputs;
        private final List<TensorType> types;

        public Application(Op op, List<Operand> inputs, List<TensorType> types) {
            this.op = op;
            this.inputs = List.copyOf(inputs);
            this.types = List.copyOf(types);
        }

        public Op op() {
            return op;
        }

        public List<Operand> inputs() {
            return inputs;
        }

        /// Those of its outputs.
        public List<TensorType> types() {
            return types;
        }

        public List<Operand> outputs() {
            return IntStream.range(0, types.size())
                    .<Operand>mapToObj(output -> new Draft(this, output))
                    .toList();
        }

        private boolean isOpen(int output) {
            Op.Signature signature =
                    new Op.Signature(inputs.stream().map(Operand::type).toList(), types);
            return op.hasOpenExtents(signature, output) || inputs.stream().anyMatch(Operand::isOpen);
        }
    }

    /// What an operator will yield that has no node yet, because its name is not decided.
    final class Draft implements Operand {
        private final Application application;
        private final int output;

        private Draft(Application application, int output) {
            this.application = application;
            this.output = output;
        }

        public Draft(Op op, List<Operand> inputs, TensorType type) {
            this(new Application(op, inputs, List.of(type)), 0);
        }

        public Application application() {
            return application;
        }

        /// Which of the operator's outputs it is.
        public int output() {
            return output;
        }

        @Override
        public TensorType type() {
            return application.types().get(output);
        }

        @Override
        public boolean isOpen() {
            return application.isOpen(output);
        }
    }
}
