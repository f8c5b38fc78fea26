package dev.sinter.frontend.onnx.node;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.ir.type.ElementType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The types that a model gives its values, by name: tensors here hold several of them in one element type.
public final class ValueTypes {
    private final Map<String, DataType> types;
    private final Optional<ValueTypes> outer;

    private ValueTypes(Map<String, DataType> declared, Optional<ValueTypes> outer) {
        types = new HashMap<>(declared);
        this.outer = outer;
    }

    /// @param declared those that the file says
    public ValueTypes(Map<String, DataType> declared) {
        this(declared, Optional.empty());
    }

    /// Those of a graph inside a node, which sees the values around it.
    public ValueTypes inner(Map<String, DataType> declared) {
        return new ValueTypes(declared, Optional.of(this));
    }

    public Optional<DataType> find(String name) {
        return Optional.ofNullable(types.get(name)).or(() -> outer.flatMap(around -> around.find(name)));
    }

    /// Notes the type of a value, unless the file says it.
    public void learn(String name, DataType type) {
        types.putIfAbsent(name, type);
    }

    /// The type of a value that is held as `element`.
    public DataType of(String name, ElementType element) {
        return find(name).filter(type -> holds(type, element)).orElse(DataType.of(element));
    }

    /// True if tensors here hold a type so.
    public static boolean holds(DataType type, ElementType element) {
        return type.element().map(DataType::computed).equals(Optional.of(element));
    }
}
