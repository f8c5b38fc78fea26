package dev.sinter.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;
import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.frontend.onnx.proto.TensorShapeProto;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.rewrite.StandardPasses;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Valid models with one thing wrong: too many or too few operands, outputs or attributes, attributes of another type
/// or an absurd value. The answer is a graph that passes can work on or a message of a few lines, and soon.
@NullMarked
class DamagedNodesTest {
    private static final List<ModelProto> MODELS = SmallModels.all();
    private static final long[] ABSURD = {
        0,
        -1,
        1,
        2,
        7,
        -9,
        1 << 16,
        1 << 24,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        1L << 40,
        -(1L << 40),
        1L << 51,
        1L << 62,
        Long.MAX_VALUE,
        Long.MAX_VALUE - 1,
        Long.MIN_VALUE
    };
    private static final float[] NUMBERS = {
        0, -0f, 1, -1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, Float.MIN_VALUE
    };
    private static final String[] NAMES = {"", "x", "y", "u", "w", "axes", "nowhere", "\u001b[31m", "n".repeat(100_000)
    };
    private static final int LONG_LIST = 20_000;
    private static final int LONGEST_MESSAGE = 3_500;
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final long MOST_MEGABYTES = 512;
    private static final long LONGEST_SECONDS = 2;

    @Test
    void every_model_is_valid_before_it_is_damaged() {
        for (ModelProto model : MODELS) {
            String operator = model.getGraph().getNode(0).getOpType();
            assertDoesNotThrow(
                    () -> OnnxModel.parse(model.toByteArray(), operator).graph(), operator);
        }
    }

    @Property(tries = 16_000, seed = "1")
    void a_damaged_model_is_imported_or_refused_in_a_few_lines(@ForAll Random random) {
        ModelProto.Builder model = MODELS.get(random.nextInt(MODELS.size())).toBuilder();
        GraphProto.Builder graph = model.getGraphBuilder();
        for (int damages = 1 + random.nextInt(2); damages > 0; damages--) {
            if (random.nextInt(4) == 0) {
                damageTensor(graph, random);
            } else {
                damageNode(graph.getNodeBuilder(0), random);
            }
        }
        importOrRefuse(model.build());
    }

    private static void importOrRefuse(ModelProto model) {
        long start = THREADS.getCurrentThreadCpuTime();
        long before = allocated();
        try {
            Graph graph = OnnxModel.parse(model.toByteArray(), "damaged").graph();
            StandardPasses.pipeline().run(graph, Trace.silent());
        } catch (CompileException refused) {
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.length() < LONGEST_MESSAGE, message);
        }
        // What is none of these fails the test by itself.
        long seconds = TimeUnit.NANOSECONDS.toSeconds(THREADS.getCurrentThreadCpuTime() - start);
        assertTrue(
                seconds < LONGEST_SECONDS,
                () -> seconds + " s for " + model.getGraph().getNodeList());
        long megabytes = (allocated() - before) >> 20;
        assertTrue(
                megabytes < MOST_MEGABYTES,
                () -> megabytes + " MB for " + model.getGraph().getNodeList());
    }

    /// Bytes that this thread has taken so far, given back or not.
    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    private static void damageNode(NodeProto.Builder node, Random random) {
        int inputs = node.getInputCount();
        int outputs = node.getOutputCount();
        switch (random.nextInt(10)) {
            case 0 -> {
                List<String> fewer = List.copyOf(node.getInputList().subList(0, random.nextInt(inputs + 1)));
                node.clearInput().addAllInput(fewer);
            }
            case 1 -> node.addInput(NAMES[random.nextInt(NAMES.length)]);
            case 2 -> {
                if (inputs > 0) {
                    node.setInput(random.nextInt(inputs), NAMES[random.nextInt(NAMES.length)]);
                }
            }
            case 3 -> node.clearOutput();
            case 4 -> node.addOutput(NAMES[random.nextInt(NAMES.length)]);
            case 5 -> {
                if (outputs > 0) {
                    node.setOutput(random.nextInt(outputs), NAMES[random.nextInt(NAMES.length)]);
                }
            }
            case 6 -> node.addAttribute(attribute("axis", random));
            default -> damageAttribute(node, random);
        }
    }

    private static void damageAttribute(NodeProto.Builder node, Random random) {
        if (node.getAttributeCount() == 0) {
            return;
        }
        int i = random.nextInt(node.getAttributeCount());
        AttributeProto.Builder attribute = node.getAttributeBuilder(i);
        switch (random.nextInt(5)) {
            case 0 -> node.removeAttribute(i);
            case 1 -> node.setAttribute(i, attribute(attribute.getName(), random));
            case 2 -> attribute.setName(NAMES[random.nextInt(NAMES.length)]);
            default -> damageValue(attribute, random);
        }
    }

    private static void damageValue(AttributeProto.Builder attribute, Random random) {
        switch (attribute.getType()) {
            case 1 -> attribute.setF(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 2 -> attribute.setI(absurd(random));
            case 3 -> attribute.setS(ByteString.copyFromUtf8(NAMES[random.nextInt(NAMES.length)]));
            case 7 -> {
                switch (random.nextInt(4)) {
                    case 0 -> attribute.addInts(absurd(random));
                    case 1 -> attribute.clearInts();
                    case 2 -> attribute.addAllInts(Collections.nCopies(LONG_LIST, absurd(random)));
                    default -> {
                        if (attribute.getIntsCount() > 0) {
                            attribute.setInts(random.nextInt(attribute.getIntsCount()), absurd(random));
                        }
                    }
                }
            }
            default -> attribute.clearType();
        }
    }

    private static AttributeProto attribute(String name, Random random) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(random.nextInt(12));
        switch (random.nextInt(4)) {
            case 0 -> attribute.setI(absurd(random));
            case 1 -> attribute.setF(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 2 -> attribute.addInts(absurd(random)).addFloats(1);
            default ->
                attribute.setT(TensorProto.newBuilder().addDims(absurd(random)).setDataType(1));
        }
        return attribute.build();
    }

    /// An initialiser, of which those that say shapes, axes or windows are the most interesting, or an input.
    private static void damageTensor(GraphProto.Builder graph, Random random) {
        if (random.nextInt(4) == 0) {
            TensorShapeProto.Builder shape = graph.getInputBuilder(0)
                    .getTypeBuilder()
                    .getTensorTypeBuilder()
                    .getShapeBuilder();
            switch (random.nextInt(3)) {
                case 0 -> {
                    if (shape.getDimCount() > 0) {
                        shape.getDimBuilder(random.nextInt(shape.getDimCount())).setDimValue(absurd(random));
                    }
                }
                case 1 -> shape.addDimBuilder().setDimValue(absurd(random));
                default -> shape.clearDim();
            }
            return;
        }
        List<String> read = graph.getNode(0).getInputList();
        for (TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
            if (!read.contains(tensor.getName())) {
                continue;
            }
            switch (random.nextInt(4)) {
                case 0 -> tensor.addDims(absurd(random));
                case 1 -> tensor.setDataType(random.nextInt(14));
                default -> {
                    for (int i = 0; i < tensor.getInt64DataCount(); i++) {
                        if (random.nextBoolean()) {
                            tensor.setInt64Data(i, absurd(random));
                        }
                    }
                }
            }
        }
    }

    private static long absurd(Random random) {
        return ABSURD[random.nextInt(ABSURD.length)];
    }
}
