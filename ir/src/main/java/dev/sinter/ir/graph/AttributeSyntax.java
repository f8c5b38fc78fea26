package dev.sinter.ir.graph;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How values of one Java type are written as an operator's attribute.
sealed interface AttributeSyntax {
    /// What is written by itself.
    enum Scalar implements AttributeSyntax {
        INTEGER("an integer"),
        NUMBER("a number"),
        FLAG("true or false"),
        TEXT("a quoted string");

        private final String expected;

        Scalar(String expected) {
            this.expected = expected;
        }
    }

    record Choice(Class<?> type) implements AttributeSyntax {}

    record ListOf(AttributeSyntax element) implements AttributeSyntax {}

    /// @throws IllegalArgumentException if IR text has no form for the type
    static AttributeSyntax of(Type type) {
        if (type == long.class || type == Long.class) {
            return Scalar.INTEGER;
        }
        if (type == double.class || type == Double.class) {
            return Scalar.NUMBER;
        }
        if (type == boolean.class || type == Boolean.class) {
            return Scalar.FLAG;
        }
        if (type == String.class) {
            return Scalar.TEXT;
        }
        if (type instanceof Class<?> choice && choice.isEnum()) {
            return new Choice(choice);
        }
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            AttributeSyntax element = of(list.getActualTypeArguments()[0]);
            if (!(element instanceof ListOf)) {
                return new ListOf(element);
            }
        }
        throw new IllegalArgumentException("an attribute of type " + type.getTypeName()
                + " cannot be written; long, double, boolean, String, enums and lists of these can");
    }

    default String expected() {
        return switch (this) {
            case Scalar scalar -> scalar.expected;
            case Choice(Class<?> type) ->
                Arrays.stream(type.getEnumConstants())
                        .map(AttributeSyntax::word)
                        .collect(Collectors.joining(", ", "one of ", ""));
            case ListOf(AttributeSyntax element) -> "a list, each item " + element.expected();
        };
    }

    default String print(Object value) {
        return switch (this) {
            case Scalar.INTEGER -> value.toString();
            case Scalar.NUMBER -> ElementText.print((Double) value);
            case Scalar.FLAG -> value.toString();
            case Scalar.TEXT -> Names.quoted((String) value);
            case Choice _ -> word(value);
            case ListOf(AttributeSyntax element) ->
                ((List<?>) value).stream().map(element::print).collect(Collectors.joining(",", "[", "]"));
        };
    }

    /// @throws dev.sinter.ir.diag.CompileException if the literal is not of this type
    default Object read(Literal literal, String attribute, Lexer tokens) {
        return switch (literal) {
            case Literal.One(Token at) -> readOne(at, attribute, tokens);
            case Literal.Many(Token at, List<Literal.One> items) -> {
                if (!(this instanceof ListOf(AttributeSyntax element))) {
                    throw wrong("a list", at, attribute, tokens);
                }
                List<Object> values = new ArrayList<>();
                for (Literal.One item : items) {
                    values.add(element.readOne(item.at(), attribute, tokens));
                }
                yield List.copyOf(values);
            }
        };
    }

    private Object readOne(Token at, String attribute, Lexer tokens) {
        String text = at.text();
        if ((at.kind() == Token.Kind.STRING) == (this == Scalar.TEXT)) {
            try {
                return switch (this) {
                    case Scalar.INTEGER -> Long.parseLong(text);
                    case Scalar.NUMBER -> ElementText.number(text);
                    case Scalar.FLAG -> ElementText.truth(text);
                    case Scalar.TEXT -> text;
                    case Choice(Class<?> type) ->
                        Arrays.stream(type.getEnumConstants())
                                .filter(constant -> word(constant).equals(text))
                                .map(constant -> (Object) constant)
                                .findFirst()
                                .orElseThrow(() -> wrong(at.shown(), at, attribute, tokens));
                    case ListOf _ -> throw wrong(at.shown(), at, attribute, tokens);
                };
            } catch (NumberFormatException _) {
                throw wrong(at.shown(), at, attribute, tokens);
            }
        }
        throw wrong(at.shown(), at, attribute, tokens);
    }

    private RuntimeException wrong(String found, Token at, String attribute, Lexer tokens) {
        return tokens.fault(
                at, "attribute " + attribute + " is " + found + " but " + expected() + " is expected", null);
    }

    private static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }
}
