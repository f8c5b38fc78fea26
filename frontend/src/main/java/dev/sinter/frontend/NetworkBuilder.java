package dev.sinter.frontend;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Dropout;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.Lrn;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Builds a network layer by layer, with seeded random weights. Shapes are NCHW, elements are float32.
///
/// ```
/// Graph graph = NetworkBuilder.named("lenet5")
///         .input("image", 1, 1, 28, 28)
///         .conv(6, 5).pad(2).relu().maxPool(2)
///         .conv(16, 5).relu().maxPool(2)
///         .flatten().dense(120).relu().dense(84).relu().dense(10).softmax()
///         .build();
/// ```
///
/// Each layer reads the one before it. Settings such as [#pad] and [#stride] and the name by [#as] are those of the
/// layer just begun. A branch begins at a [Tap]:
///
/// ```
/// Tap before = network.tap();
/// network.conv(64, 3).pad(1).relu().conv(64, 3).pad(1).add(before).relu();
/// ```
///
/// A layer that does not fit what it reads is refused, by its name, when the next one is begun.
public final class NetworkBuilder {
    private static final long DEFAULT_SEED = 1;

    private final String name;
    private final Graph.Builder graph;
    private final LayerNames names = new LayerNames();
    private long seed = DEFAULT_SEED;
    private boolean hasOutput;
    private @Nullable Value current;
    private @Nullable BegunLayer begun;

    private NetworkBuilder(String name) {
        this.name = name;
        graph = Graph.builder(name);
    }

    public static NetworkBuilder named(String name) {
        return new NetworkBuilder(name);
    }

    /// The seed of the weights of all layers after this.
    public NetworkBuilder seed(long newSeed) {
        finishLayer();
        seed = newSeed;
        return this;
    }

    /// An input of the network, which the next layer reads.
    public NetworkBuilder input(String inputName, long... dims) {
        finishLayer();
        take(inputName);
        try {
            current = graph.input(inputName, TensorType.float32(dims));
        } catch (CompileException refused) {
            throw new CompileException(Code.INPUT_SHAPE, inputName, refused.fact(), refused.hint(), refused);
        }
        return this;
    }

    /// A convolution with a bias. Unless set: no padding, stride 1, dilation 1, 1 group.
    ///
    /// @param kernel one extent per spatial dimension, or one for all
    public NetworkBuilder conv(long channels, long... kernel) {
        return begin(new ConvLayer(false, channels, listOf(kernel)));
    }

    /// A transposed convolution with a bias, which scales up by its stride. Unless set as in [#conv].
    public NetworkBuilder convTranspose(long channels, long... kernel) {
        return begin(new ConvLayer(true, channels, listOf(kernel)));
    }

    /// Maxima. The stride is the size unless set.
    public NetworkBuilder maxPool(long... size) {
        return begin(new PoolLayer(false, listOf(size)));
    }

    /// Means, over the elements that are not padding unless [#countPad] is set. The stride is the size unless set.
    public NetworkBuilder averagePool(long... size) {
        return begin(new PoolLayer(true, listOf(size)));
    }

    /// One mean per image and channel: `[N, C, H, W]` becomes `[N, C, 1, 1]`.
    public NetworkBuilder globalAveragePool() {
        int rank = here().type().shape().rank();
        List<Long> spatial = LongStream.range(Math.min(2, rank), rank).boxed().toList();
        return operator("pool", new Reduce(Reduce.Kind.MEAN, spatial, true));
    }

    /// A fully connected layer with a bias over `[N, K]`.
    public NetworkBuilder dense(long outputs) {
        return begin(new DenseLayer(outputs));
    }

    /// Batch normalisation with seeded statistics near mean 0 and variance 1.
    public NetworkBuilder batchNorm() {
        return batchNorm(1);
    }

    /// @param gain the mean of the scale; below 1 in front of a residual addition keeps the sum from growing
    public NetworkBuilder batchNorm(double gain) {
        return begin(new BatchNormLayer(gain));
    }

    public NetworkBuilder relu() {
        return operator("relu", Unary.RELU);
    }

    public NetworkBuilder leakyRelu(double alpha) {
        return operator("relu", new LeakyRelu(alpha));
    }

    public NetworkBuilder clip(double min, double max) {
        return operator("clip", new Clip(min, max));
    }

    public NetworkBuilder sigmoid() {
        return operator("sigmoid", new Unary(Unary.Kind.SIGMOID));
    }

    public NetworkBuilder tanh() {
        return operator("tanh", new Unary(Unary.Kind.TANH));
    }

    /// Over the classes, dimension 1.
    public NetworkBuilder softmax() {
        return operator("softmax", new Softmax(1));
    }

    /// Local response normalisation; see [Lrn].
    public NetworkBuilder lrn(long size, double alpha, double beta, double bias) {
        return operator("lrn", new Lrn(size, alpha, beta, bias));
    }

    /// Changes nothing: networks are built for inference.
    public NetworkBuilder dropout(double ratio) {
        return operator("dropout", new Dropout(ratio));
    }

    /// `[N, …]` becomes `[N, K]`.
    public NetworkBuilder flatten() {
        return operator("flatten", new Flatten(1));
    }

    public NetworkBuilder reshape(long... dims) {
        return operator("reshape", new Reshape(listOf(dims)));
    }

    /// Adds another branch, which may broadcast.
    public NetworkBuilder add(Tap other) {
        return operator("add", Binary.ADD, other);
    }

    /// Joins this branch and others, in this order, along the channels.
    public NetworkBuilder concat(Tap... others) {
        return operator("concat", new Concat(1), others);
    }

    /// Any operator, on what flows here and on other branches.
    public NetworkBuilder apply(Op op, Tap... others) {
        return operator(op.mnemonic(), op, others);
    }

    /// The name of the layer just begun, in place of its kind and a number.
    public NetworkBuilder as(String layerName) {
        begunLayer("a name").rename(layerName);
        return this;
    }

    /// Padding of the layer just begun: one number for all sides, one per spatial dimension, or all begins, then all
    /// ends.
    public NetworkBuilder pad(long... pads) {
        return set(LayerSetting.PAD, pads);
    }

    /// Stride of the layer just begun: one number for all spatial dimensions, or one for each.
    public NetworkBuilder stride(long... strides) {
        return set(LayerSetting.STRIDE, strides);
    }

    /// Dilation of the layer just begun: one number for all spatial dimensions, or one for each.
    public NetworkBuilder dilation(long... dilations) {
        return set(LayerSetting.DILATION, dilations);
    }

    /// What is added at the ends of a transposed convolution: one number, or one per spatial dimension.
    public NetworkBuilder outputPad(long... pads) {
        return set(LayerSetting.OUTPUT_PAD, pads);
    }

    /// Groups of the convolution just begun; as many as channels for a depthwise one.
    public NetworkBuilder groups(long groups) {
        return set(LayerSetting.GROUPS, groups);
    }

    public NetworkBuilder withoutBias() {
        return set(LayerSetting.WITHOUT_BIAS, 1);
    }

    /// The pooling just begun keeps a last window that lies only partly in its input.
    public NetworkBuilder ceilMode() {
        return set(LayerSetting.CEIL_MODE, 1);
    }

    /// The average pooling just begun counts padding as elements.
    public NetworkBuilder countPad() {
        return set(LayerSetting.COUNT_PAD, 1);
    }

    /// This place, for a branch to begin at or to be joined with.
    public Tap tap() {
        return new Tap(this, here());
    }

    /// Goes on from another place.
    public NetworkBuilder from(Tap tap) {
        finishLayer();
        current = own(tap);
        return this;
    }

    /// Makes what flows here an output of the network.
    public NetworkBuilder output() {
        graph.output(here());
        hasOutput = true;
        return this;
    }

    /// The graph. What the last layer yields is its output if [#output] named none.
    ///
    /// @throws CompileException if the last layer does not fit
    public Graph build() {
        finishLayer();
        if (!hasOutput) {
            output();
        }
        return graph.build();
    }

    private NetworkBuilder operator(String kind, Op op, Tap... others) {
        return begin(
                new OperatorLayer(kind, op, Stream.of(others).map(this::own).toList()));
    }

    private NetworkBuilder begin(Layer layer) {
        begun = new BegunLayer(layer, here(), names.next(layer.kind()));
        return this;
    }

    private NetworkBuilder set(LayerSetting setting, long... values) {
        begunLayer("a " + setting).set(setting, listOf(values));
        return this;
    }

    private BegunLayer begunLayer(String what) {
        if (begun == null) {
            throw new CompileException(
                    Code.ATTRIBUTE, name, what + " is set but no layer was begun", "settings follow their layer");
        }
        return begun;
    }

    private void finishLayer() {
        if (begun == null) {
            return;
        }
        BegunLayer layer = begun;
        begun = null;
        take(layer.name());
        current = layer.addTo(graph, seed);
    }

    /// What flows here, once the layer just begun is in the graph.
    private Value here() {
        finishLayer();
        if (current == null) {
            throw new CompileException(
                    Code.GRAPH_STRUCTURE, name, "has no input but needs one before its first layer", "call input()");
        }
        return current;
    }

    private Value own(Tap tap) {
        if (!tap.belongsTo(this)) {
            throw new CompileException(
                    Code.GRAPH_UNKNOWN_VALUE, name, "is given a tap of another network at " + tap.value(), null);
        }
        return tap.value();
    }

    private void take(String taken) {
        if (!names.take(taken)) {
            throw new CompileException(
                    Code.GRAPH_DUPLICATE, name, "has two layers or inputs named " + taken, "names are unique");
        }
    }

    private static List<Long> listOf(long... values) {
        return Arrays.stream(values).boxed().toList();
    }
}
