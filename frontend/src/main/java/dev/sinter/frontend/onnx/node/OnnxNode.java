package dev.sinter.frontend.onnx.node;

import dev.sinter.frontend.onnx.file.Attributes;
import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Identity;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One ONNX node while a [Row] translates it: its attributes and operands, and the ways to make new operands of them.
/// Like attributes, operands that nobody asked for are reported.
public final class OnnxNode {
    private final String place;
    private final long opset;
    private final Attributes attributes;
    private final List<String> inputNames;
    private final List<Optional<Operand>> inputs;
    private final List<String> outputs;
    private final ImportState state;
    private final Subgraphs subgraphs;
    private final Set<Integer> asked = new HashSet<>();

    /// @param inputs empty where an optional operand is left out
    /// @param outputs the names of the outputs, blank where nobody wants one
    public OnnxNode(
            String place,
            long opset,
            Attributes attributes,
            List<String> inputNames,
            List<Optional<Operand>> inputs,
            List<String> outputs,
            ImportState state,
            Subgraphs subgraphs) {
        this.place = place;
        this.opset = opset;
        this.attributes = attributes;
        this.inputNames = List.copyOf(inputNames);
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.state = state;
        this.subgraphs = subgraphs;
    }

    public String place() {
        return place;
    }

    public long opset() {
        return opset;
    }

    public Attributes attributes() {
        return attributes;
    }

    /// What a graph of this node's yields of `arguments`, its nodes written into the network.
    public List<Operand> inline(GraphProto graph, List<Operand> arguments) {
        return subgraphs.inline(graph, arguments, place);
    }

    public ImportState state() {
        return state;
    }

    /// The type that the model gives input `i`, which tensors here may hold as another.
    public DataType declared(int i) {
        return state.types().of(inputNames.get(i), input(i, "input " + i).type().element());
    }

    /// Notes the type that the model gives output `i`, where it follows from the operator and not from its inputs.
    public void declare(int i, DataType type) {
        if (wants(i)) {
            state.types().learn(outputs.get(i), type);
        }
    }

    /// Notes the type of an output of which nothing else is known: that of the first input that is held so.
    public void inheritType(int i, ElementType element) {
        for (int input = 0; input < inputs.size() && wants(i); input++) {
            if (inputs.get(input).isPresent() && inputs.get(input).get().type().element() == element) {
                state.types().learn(outputs.get(i), state.types().of(inputNames.get(input), element));
                return;
            }
        }
    }

    public int inputCount() {
        return inputs.size();
    }

    /// True if output `i` has a name, so that something may read it.
    public boolean wants(int i) {
        return i < outputs.size() && !outputs.get(i).isEmpty();
    }

    public int outputCount() {
        return outputs.size();
    }

    /// @param what the operand's name in messages
    public Operand input(int i, String what) {
        return optional(i)
                .orElseThrow(() ->
                        new CompileException(Code.OPERANDS, place, "input " + i + " (" + what + ") is missing", null));
    }

    /// The first operand, which many operators have only one of.
    public Operand input() {
        return input(0, "X");
    }

    public Optional<Operand> optional(int i) {
        Optional<Operand> operand = open(i);
        if (operand.isPresent() && operand.get().isOpen()) {
            throw fault(
                    Code.SHAPE_OPEN,
                    "reads '" + inputNames.get(i) + "', which is "
                            + operand.get().type() + " at most: its extents are known only once the network has run",
                    "make it an output of the network, and do the rest after the run");
        }
        return operand;
    }

    /// An operand whose extents may be open.
    public Optional<Operand> open(int i) {
        asked.add(i);
        return i < inputs.size() ? inputs.get(i) : Optional.empty();
    }

    /// All operands, at least one, of an operator that takes any number.
    public List<Operand> inputs() {
        List<Operand> all = new ArrayList<>();
        for (int i = 0; i < Math.max(1, inputs.size()); i++) {
            all.add(input(i, "data_" + i));
        }
        return all;
    }

    /// An operand that must be known before the network runs, such as a shape.
    public Tensor known(int i, String what) {
        return known(input(i, what), what);
    }

    public Optional<Tensor> optionalKnown(int i, String what) {
        return optional(i).map(operand -> known(operand, what));
    }

    private Tensor known(Operand operand, String what) {
        if (!(operand instanceof Operand.Known) && operand.type().shape().elements() == 0) {
            // Without elements there is nothing that could be different when the network runs.
            return Tensor.allocate(operand.type());
        }
        return switch (operand) {
            case Operand.Known known -> {
                state.folding().read(known.type(), place);
                yield known.tensor();
            }
            case Operand.Computed computed ->
                throw dynamic(what, computed.value().toString());
            case Operand.Draft draft -> throw dynamic(what, draft.type().toString());
        };
    }

    private CompileException dynamic(String what, String found) {
        return fault(
                Code.ONNX_DYNAMIC,
                what + " must be known before the network runs but is computed: " + found,
                "initialisers, constants and shapes are known; export the model with this one as a constant, or with"
                        + " the shapes of all that its nodes yield");
    }

    /// A known operand of integers, as a list.
    public List<Long> knownIntegers(int i, String what) {
        Tensor tensor = known(i, what);
        if (tensor.type().element().isFloating() || tensor.shape().rank() > 1) {
            throw fault(Code.ONNX_TENSOR, what + " is " + tensor.type() + " but a list of integers is expected", null);
        }
        return Arrays.stream(tensor.toLongs()).boxed().toList();
    }

    public Optional<List<Long>> optionalIntegers(int i, String what) {
        return optional(i).isPresent() ? Optional.of(knownIntegers(i, what)) : Optional.empty();
    }

    /// All operands of an operator that is only computed during the import.
    public List<Tensor> allKnown() {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            switch (input(i, "input " + i)) {
                case Operand.Known known -> {
                    state.folding().read(known.type(), place);
                    tensors.add(known.tensor());
                }
                case Operand.Computed computed ->
                    throw computedOnly(computed.value().toString());
                case Operand.Draft draft -> throw computedOnly(draft.type().toString());
            }
        }
        return tensors;
    }

    public boolean isAllKnown() {
        return inputs.stream().allMatch(input -> input.isEmpty() || input.get() instanceof Operand.Known);
    }

    private CompileException computedOnly(String found) {
        return unsupported("is not supported yet on computed tensors such as " + found);
    }

    /// What `op` yields of `operands`: known if they are, and if not, a node once the result has its name.
    ///
    /// @throws CompileException if the operands do not fit
    public Operand apply(Op op, Operand... operands) {
        return apply(op, List.of(operands));
    }

    public Operand apply(Binary.Kind kind, Operand a, Operand b) {
        return apply(new Binary(kind), a, b);
    }

    public Operand apply(Op op, List<Operand> operands) {
        if (op.runsOnHost()) {
            return applyAll(op, operands).getFirst();
        }
        TensorType type = infer(op, operands.stream().map(Operand::type).toList());
        List<Tensor> known = new ArrayList<>();
        for (Operand operand : operands) {
            if (operand instanceof Operand.Known constant) {
                known.add(constant.tensor());
            }
        }
        Optional<Tensor> folded =
                known.size() == operands.size() ? state.folding().evaluate(op, known, type, place) : Optional.empty();
        return folded.map(this::constant).orElseGet(() -> new Operand.Draft(op, operands, type));
    }

    /// A known operand as what a node yields, which is left to passes: they may have a better use for it than to
    /// compute with it.
    public Operand unfolded(Operand operand) {
        return operand instanceof Operand.Known
                ? new Operand.Draft(new Identity(), List.of(operand), operand.type())
                : operand;
    }

    /// All that an operator of several outputs yields, likewise.
    public List<Operand> applyAll(Op op, List<Operand> operands) {
        List<TensorType> types =
                inferAll(op, operands.stream().map(Operand::type).toList());
        List<Tensor> known = new ArrayList<>();
        for (Operand operand : operands) {
            if (operand instanceof Operand.Known constant) {
                known.add(constant.tensor());
            }
        }
        Optional<List<Tensor>> folded = known.size() == operands.size()
                ? state.folding().evaluateAll(op, known, types, place)
                : Optional.empty();
        return folded.map(tensors -> tensors.stream().map(this::constant).toList())
                .orElseGet(() -> new Operand.Application(op, operands, types).outputs());
    }

    private TensorType infer(Op op, List<TensorType> types) {
        return inferAll(op, types).getFirst();
    }

    private List<TensorType> inferAll(Op op, List<TensorType> types) {
        try {
            return op.infer(types).stream()
                    .map(type -> type.requireComputable(place))
                    .toList();
        } catch (CompileException fault) {
            if (fault.code() == Code.TYPE_ELEMENT) {
                throw unsupported("is not supported yet on these types: " + fault.fact());
            }
            throw fault.at(place);
        }
    }

    /// The shape that the first operand gets if the batch was changed and each image is reshaped by itself.
    public Optional<Shape> reshapedImageByImage() {
        if (input() instanceof Operand.Known || outputs.isEmpty()) {
            return Optional.empty();
        }
        return state.rebatching()
                .flatMap(batch ->
                        batch.reshaped(inputNames.getFirst(), input().type().shape(), outputs.getFirst()));
    }

    /// A known operand made by the importer.
    public Operand constant(Tensor tensor) {
        return new Operand.Known(Optional.empty(), tensor);
    }

    public Operand scalar(double value) {
        return constant(Tensor.ofFloats(Shape.of(), (float) value));
    }

    /// A tensor of zeros to be filled and made a [#constant(Tensor)].
    public Tensor allocate(TensorType type) {
        return state.folding().allocate(type, place);
    }

    /// As [#allocate(TensorType)], where whole blocks are copied into it.
    public Tensor allocateForCopies(TensorType type) {
        return state.folding().allocateForCopies(type, place);
    }

    /// The operand under this node's own name.
    public Operand same(Operand operand) {
        return apply(new Identity(), operand);
    }

    /// @throws CompileException if there can be no such shape
    public Shape shape(List<Long> dims) {
        try {
            return new Shape(dims);
        } catch (CompileException fault) {
            throw fault.at(place);
        }
    }

    /// @throws CompileException if the product is beyond what an extent can be
    public long product(long a, long b) {
        try {
            return Math.multiplyExact(a, b);
        } catch (ArithmeticException _) {
            throw fault(Code.SHAPE_ELEMENTS, "an extent of " + a + " x " + b + " is too large", null);
        }
    }

    public CompileException fault(Code code, String fact, @Nullable String hint) {
        return new CompileException(code, place, fact, hint);
    }

    public CompileException attributeFault(String fact) {
        return fault(Code.ONNX_ATTRIBUTE, fact, null);
    }

    public CompileException unsupported(String fact) {
        return fault(Code.ONNX_OPERATOR, fact, null);
    }

    /// @throws CompileException if there is an attribute or operand that nobody asked for
    public void requireAllAsked() {
        attributes.requireAllAsked();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).isPresent() && !asked.contains(i)) {
                throw fault(Code.OPERANDS, "has " + inputs.size() + " inputs but input " + i + " is not known", null);
            }
        }
    }
}
