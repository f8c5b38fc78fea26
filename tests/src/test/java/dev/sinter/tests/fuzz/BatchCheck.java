package dev.sinter.tests.fuzz;

import dev.sinter.cli.verify.RandomInputs;
import dev.sinter.frontend.Model;
import dev.sinter.frontend.OnnxExport;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullMarked;

/// A batch of two yields what two runs of one yield, for Sinter and, of the file that it writes for any batch, for ONNX
/// Runtime; or what ONNX Runtime makes of the same nodes for inputs twice as large, where these bring images together;
/// or the batch is refused. Where ONNX Runtime refuses such inputs nobody can tell.
@NullMarked
record BatchCheck(FuzzNetwork network, Graph single) {
    private static final long BATCH = 2;
    private static final long SEED = 1;

    private static final Set<String> WITHIN_IMAGES = Set.of(
            "Conv",
            "ConvTranspose",
            "MaxPool",
            "AveragePool",
            "LpPool",
            "GlobalAveragePool",
            "GlobalMaxPool",
            "BatchNormalization",
            "InstanceNormalization",
            "LRN",
            "Relu",
            "Sigmoid",
            "Tanh",
            "HardSwish",
            "Elu",
            "Abs",
            "Clip",
            "Add",
            "Sub",
            "Mul",
            "Max",
            "Min",
            "PRelu",
            "Reshape",
            "Resize",
            "Gemm",
            "MatMul",
            "Flatten",
            "Shape",
            "Gather",
            "Concat",
            "Pad",
            "Slice",
            "Squeeze",
            "DepthToSpace",
            "SpaceToDepth",
            "QuantizeLinear",
            "DequantizeLinear",
            "QLinearConv");

    /// ONNX Runtime's functions are approximations.
    private static final double TOLERANCE = 1e-4;

    /// True for a network of one image at a time.
    boolean applies() {
        return network.nodes().stream().noneMatch(BatchCheck::mayMix)
                && !network.isWild()
                && !network.isNarrow()
                && !single.inputs().isEmpty()
                && single.inputs().stream().allMatch(BatchCheck::isOne)
                && single.outputs().stream().allMatch(BatchCheck::isOne);
    }

    /// True for what may also go across images, or number their elements.
    private static boolean mayMix(OnnxNode node) {
        return !WITHIN_IMAGES.contains(node.operator()) || node.outputs().size() > 1;
    }

    private static boolean isOne(Value value) {
        return value.type().shape().rank() >= 2 && value.type().shape().dim(0) == 1;
    }

    /// What is wrong; empty if nothing is.
    Optional<String> imported() {
        Graph batch;
        try {
            batch = Model.parse(network.model(), "fuzz").withBatch(BATCH).graph();
        } catch (CompileException _) {
            return Optional.empty();
        }
        return difference(Interpreter.run(batch, inputs()));
    }

    /// What is wrong; empty if nothing is. Only networks are asked about in which the importer keeps images apart: the
    /// exporter goes by shapes, and lets others pass in which something is for one image.
    Optional<String> exported() {
        byte[] exported;
        try {
            Graph batch = Model.parse(network.model(), "fuzz").withBatch(BATCH).graph();
            if (apart(Interpreter.run(batch, inputs())).isPresent()) {
                return Optional.empty();
            }
            exported = OnnxExport.ofAnyBatch(single);
        } catch (CompileException _) {
            return Optional.empty();
        }
        return ExportedRun.of(exported, inputs()).flatMap(this::difference);
    }

    private Map<String, Tensor> inputs() {
        List<Value> wide = single.inputs().stream()
                .map(input -> new Value(input.name(), ofBatch(input.type(), BATCH)))
                .toList();
        return RandomInputs.of(wide, SEED);
    }

    private static TensorType ofBatch(TensorType type, long batch) {
        return type.withShape(type.shape().with(0, batch));
    }

    private Optional<String> difference(Map<String, Tensor> batch) {
        return apart(batch).filter(_ -> together(batch).isPresent());
    }

    private Optional<String> together(Map<String, Tensor> batch) {
        Map<String, TensorType> wide = new LinkedHashMap<>(network.inputs());
        wide.replaceAll((_, type) -> ofBatch(type, BATCH));
        Optional<Map<String, Tensor>> theirs = ReferenceRun.of(network.withInputs(wide));
        if (theirs.isEmpty()) {
            return Optional.empty();
        }
        return batch.entrySet().stream()
                .filter(output -> {
                    Tensor other = Objects.requireNonNull(theirs.get().get(output.getKey()));
                    return !other.shape().equals(output.getValue().shape()) || differs(output.getValue(), other);
                })
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Optional<String> apart(Map<String, Tensor> batch) {
        for (int image = 0; image < BATCH; image++) {
            int place = image;
            UnaryOperator<Tensor> part = tensor -> part(tensor, place);
            Map<String, Tensor> inputs = new LinkedHashMap<>();
            inputs().forEach((name, tensor) -> inputs.put(name, part.apply(tensor)));
            for (Map.Entry<String, Tensor> alone :
                    Interpreter.run(single, inputs).entrySet()) {
                Tensor found = Objects.requireNonNull(batch.get(alone.getKey()));
                Tensor expected = alone.getValue();
                if (!found.type().shape().equals(ofBatch(expected.type(), BATCH).shape())) {
                    return Optional.of(
                            alone.getKey() + " of a batch is " + found.type() + ", of one " + expected.type());
                }
                if (differs(part.apply(found), expected)) {
                    return Optional.of(alone.getKey() + " of image " + image + " is not what it is alone");
                }
            }
        }
        return Optional.empty();
    }

    private static Tensor part(Tensor tensor, long image) {
        Tensor part = Tensor.allocate(ofBatch(tensor.type(), 1));
        long bytes = part.type().bytes();
        MemorySegment.copy(tensor.data(), image * bytes, part.data(), 0, bytes);
        return part;
    }

    private static boolean differs(Tensor found, Tensor expected) {
        double largest = 0;
        for (long i = 0; i < expected.shape().elements(); i++) {
            largest = Math.max(largest, Math.abs(expected.get(i)));
        }
        // A number in the middle between two integers may become either.
        double step = expected.type().element().isFloating() ? 0 : 1;
        for (long i = 0; i < expected.shape().elements(); i++) {
            if (Math.abs(found.get(i) - expected.get(i)) > step + TOLERANCE * Math.max(1, largest)) {
                return true;
            }
        }
        return false;
    }
}
