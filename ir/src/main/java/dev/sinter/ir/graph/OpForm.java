package dev.sinter.ir.graph;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.op.Op;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// How one operator is written: its attributes are the components of its record, those of records inside it included.
final class OpForm {
    private final String mnemonic;
    private final Class<? extends Op> type;
    private final List<Part> parts;

    /// What one record component is in the text.
    private sealed interface Part {
        RecordComponent component();

        record Attribute(RecordComponent component, String name, AttributeSyntax type) implements Part {}

        record Inner(RecordComponent component, List<Part> parts) implements Part {}

        /// Said by the mnemonic already.
        record Implied(RecordComponent component, Object value) implements Part {}
    }

    private OpForm(String mnemonic, Class<? extends Op> type, List<Part> parts) {
        this.mnemonic = mnemonic;
        this.type = type;
        this.parts = parts;
        for (String name : attributes().keySet()) {
            if (attributeParts(parts).stream()
                            .filter(part -> part.name().equals(name))
                            .count()
                    > 1) {
                throw new IllegalArgumentException(type.getName() + " has two attributes named " + name);
            }
        }
    }

    /// @throws IllegalArgumentException if the class is no record, or has components that cannot be written
    static OpForm of(String mnemonic, Class<? extends Op> type) {
        return new OpForm(mnemonic, type, parts(type));
    }

    /// The forms of an operator of the IR's own: one, or one per constant of the enum that its mnemonic depends on.
    static List<OpForm> of(Class<? extends Op> type) {
        List<Part> parts = parts(type);
        String plain = sample(type, parts).mnemonic();
        for (int i = 0; i < parts.size(); i++) {
            if (!(parts.get(i) instanceof Part.Attribute(var component, _, AttributeSyntax.Choice(var choices)))) {
                continue;
            }
            Map<String, OpForm> forms = new LinkedHashMap<>();
            for (Object constant : choices.getEnumConstants()) {
                List<Part> implied = new ArrayList<>(parts);
                implied.set(i, new Part.Implied(component, constant));
                String mnemonic = sample(type, implied).mnemonic();
                forms.put(mnemonic, new OpForm(mnemonic, type, implied));
            }
            if (forms.size() > 1) {
                return List.copyOf(forms.values());
            }
        }
        return List.of(new OpForm(plain, type, parts));
    }

    String mnemonic() {
        return mnemonic;
    }

    /// The attributes' names and types, in the record's order.
    Map<String, AttributeSyntax> attributes() {
        Map<String, AttributeSyntax> attributes = new LinkedHashMap<>();
        attributeParts(parts).forEach(part -> attributes.put(part.name(), part.type()));
        return attributes;
    }

    /// The operator with these attributes, one value for each of [#attributes()].
    ///
    /// @throws CompileException if the operator refuses them
    /// @throws IllegalArgumentException likewise
    Op create(Map<String, Object> values) {
        return (Op) create(type, parts, values);
    }

    /// The attributes' values of an operator of this form.
    Map<String, Object> read(Op op) {
        Map<String, Object> values = new LinkedHashMap<>();
        read(op, parts, values);
        return values;
    }

    private static List<Part> parts(Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type.getName() + " is not a record, so IR text has no form for it");
        }
        List<Part> parts = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            parts.add(
                    component.getType().isRecord()
                            ? new Part.Inner(component, parts(component.getType()))
                            : new Part.Attribute(
                                    component,
                                    snakeCase(component.getName()),
                                    AttributeSyntax.of(component.getGenericType())));
        }
        return List.copyOf(parts);
    }

    private static List<Part.Attribute> attributeParts(List<Part> parts) {
        List<Part.Attribute> attributes = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Part.Attribute attribute -> attributes.add(attribute);
                case Part.Inner(_, List<Part> inner) -> attributes.addAll(attributeParts(inner));
                case Part.Implied _ -> {}
            }
        }
        return attributes;
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /// An operator with any legal attributes, to ask for its mnemonic.
    private static Op sample(Class<? extends Op> type, List<Part> parts) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Part.Attribute attribute : attributeParts(parts)) {
            values.put(
                    attribute.name(),
                    switch (attribute.type()) {
                        case AttributeSyntax.Scalar.INTEGER -> 1L;
                        case AttributeSyntax.Scalar.NUMBER -> 1.0;
                        case AttributeSyntax.Scalar.FLAG -> false;
                        case AttributeSyntax.Scalar.TEXT -> "";
                        case AttributeSyntax.Choice(Class<?> choices) -> choices.getEnumConstants()[0];
                        case AttributeSyntax.ListOf _ -> List.of();
                    });
        }
        return (Op) create(type, parts, values);
    }

    private static Object create(Class<?> type, List<Part> parts, Map<String, Object> values) {
        Class<?>[] types = new Class<?>[parts.size()];
        Object[] arguments = new Object[parts.size()];
        for (int i = 0; i < arguments.length; i++) {
            types[i] = parts.get(i).component().getType();
            arguments[i] = switch (parts.get(i)) {
                case Part.Attribute(_, String name, _) -> Objects.requireNonNull(values.get(name), name);
                case Part.Inner(var component, List<Part> inner) -> create(component.getType(), inner, values);
                case Part.Implied(_, Object value) -> value;
            };
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.trySetAccessible();
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new CompilerFault(type.getName() + " failed to construct", refused);
        } catch (ReflectiveOperationException closed) {
            throw new CompilerFault(type.getName() + " must be open to " + OpForm.class.getModule(), closed);
        }
    }

    private static void read(Object owner, List<Part> parts, Map<String, Object> values) {
        for (Part part : parts) {
            switch (part) {
                case Part.Attribute(var component, String name, _) -> values.put(name, get(owner, component));
                case Part.Inner(var component, List<Part> inner) -> read(get(owner, component), inner, values);
                case Part.Implied _ -> {}
            }
        }
    }

    private static Object get(Object owner, RecordComponent component) {
        try {
            component.getAccessor().trySetAccessible();
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException closed) {
            throw new CompilerFault(
                    owner.getClass().getName() + " must be open to " + OpForm.class.getModule(), closed);
        }
    }
}
