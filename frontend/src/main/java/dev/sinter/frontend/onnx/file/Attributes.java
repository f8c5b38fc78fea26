package dev.sinter.frontend.onnx.file;

import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.NearestNames;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A node's attributes, each read as the type it must have. What nobody asked for is reported: an attribute that is
/// silently left out would be a network silently computed wrongly.
public final class Attributes {
    private final String place;
    private final Map<String, AttributeProto> byName = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();

    public Attributes(String place, List<AttributeProto> protos) {
        this.place = place;
        for (AttributeProto proto : protos) {
            if (byName.putIfAbsent(proto.getName(), proto) != null) {
                throw fault("attribute '" + proto.getName() + "' is given twice", null);
            }
            if (!proto.getRefAttrName().isEmpty()) {
                throw fault(
                        "attribute '" + proto.getName() + "' refers to '" + proto.getRefAttrName()
                                + "' of a function but the node is in no function",
                        null);
            }
        }
    }

    private CompileException fault(String fact, @Nullable String hint) {
        return new CompileException(Code.ONNX_ATTRIBUTE, place, fact, hint);
    }

    public boolean has(String name) {
        asked.add(name);
        return byName.containsKey(name);
    }

    /// Allows an attribute that makes no difference here.
    public void ignore(String... names) {
        asked.addAll(List.of(names));
    }

    private Optional<AttributeProto> find(String name, AttributeType expected) {
        asked.add(name);
        AttributeProto proto = byName.get(name);
        if (proto == null) {
            return Optional.empty();
        }
        // The first version of the format did not write types: whichever field is filled counts.
        boolean matches = proto.getType() == 0 ? expected.isFilled(proto) : proto.getType() == expected.number();
        if (!matches) {
            throw fault(
                    "attribute '" + name + "' is " + AttributeType.name(proto.getType()) + " but " + expected.text()
                            + " is expected",
                    null);
        }
        return Optional.of(proto);
    }

    public long integer(String name, long byDefault) {
        return find(name, AttributeType.INT).map(AttributeProto::getI).orElse(byDefault);
    }

    public Optional<Long> integer(String name) {
        return find(name, AttributeType.INT).map(AttributeProto::getI);
    }

    public long requiredInteger(String name) {
        return integer(name).orElseThrow(() -> missing(name));
    }

    public boolean flag(String name, boolean byDefault) {
        return integer(name, byDefault ? 1 : 0) != 0;
    }

    /// Attributes are f32; the double is the same number.
    public double number(String name, double byDefault) {
        return find(name, AttributeType.FLOAT)
                .map(proto -> (double) proto.getF())
                .orElse(byDefault);
    }

    public Optional<Double> number(String name) {
        return find(name, AttributeType.FLOAT).map(proto -> (double) proto.getF());
    }

    public Optional<List<Float>> numbers(String name) {
        return find(name, AttributeType.FLOATS).map(AttributeProto::getFloatsList);
    }

    public Optional<List<Long>> integers(String name) {
        return find(name, AttributeType.INTS).map(proto -> List.copyOf(proto.getIntsList()));
    }

    public List<Long> requiredIntegers(String name) {
        return integers(name).orElseThrow(() -> missing(name));
    }

    public String text(String name, String byDefault) {
        return find(name, AttributeType.STRING)
                .map(proto -> proto.getS().toStringUtf8())
                .orElse(byDefault);
    }

    public Optional<List<String>> texts(String name) {
        return find(name, AttributeType.STRINGS)
                .map(proto -> proto.getStringsList().stream()
                        .map(text -> text.toStringUtf8())
                        .toList());
    }

    public List<String> requiredTexts(String name) {
        return texts(name).orElseThrow(() -> missing(name));
    }

    /// One of a few words.
    public String word(String name, String byDefault, List<String> allowed) {
        String found = text(name, byDefault);
        if (!allowed.contains(found)) {
            throw fault(
                    "attribute '" + name + "' is '" + found + "' but one of " + String.join(", ", allowed)
                            + " is expected",
                    null);
        }
        return found;
    }

    public Optional<TensorProto> tensor(String name) {
        return find(name, AttributeType.TENSOR).map(AttributeProto::getT);
    }

    public GraphProto requiredGraph(String name) {
        return find(name, AttributeType.GRAPH).map(AttributeProto::getG).orElseThrow(() -> missing(name));
    }

    private CompileException missing(String name) {
        return fault("attribute '" + name + "' is missing", null);
    }

    /// @throws CompileException if there is an attribute that nobody asked for
    public void requireAllAsked() {
        for (String name : byName.keySet()) {
            if (!asked.contains(name)) {
                throw fault(
                        "attribute '" + name + "' is not known",
                        NearestNames.hint(name, asked)
                                .orElse(asked.isEmpty() ? null : "known are " + String.join(", ", asked)));
            }
        }
    }
}
