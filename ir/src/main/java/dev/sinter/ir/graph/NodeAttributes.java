package dev.sinter.ir.graph;

import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the `name=value` pairs after an operator's operands.
final class NodeAttributes {
    private final Lexer tokens;
    private final Token mnemonic;
    private final OpForm form;

    NodeAttributes(Lexer tokens, Token mnemonic, OpForm form) {
        this.tokens = tokens;
        this.mnemonic = mnemonic;
        this.form = form;
    }

    Op parse(List<TensorType> inputs) {
        Map<String, AttributeSyntax> known = form.attributes();
        Map<String, Object> values = new HashMap<>();
        while (tokens.peek().kind() == Token.Kind.WORD && !tokens.peek().is("return")) {
            Token name = tokens.next();
            AttributeSyntax type = known.get(name.text());
            if (type == null) {
                throw tokens.fault(
                        name,
                        "found attribute " + name.shown() + ", which " + mnemonic.text() + " does not have",
                        known.isEmpty() ? "it has none" : "it has " + String.join(", ", known.keySet()));
            }
            tokens.expect('=', "an attribute's name");
            Object value = type.read(Literal.parse(tokens), name.text(), tokens);
            if (values.put(name.text(), value) != null) {
                throw tokens.fault(name, "found attribute " + name.shown() + " twice but expected it once", null);
            }
        }
        for (String name : known.keySet()) {
            values.computeIfAbsent(
                    name,
                    _ -> WindowDefaults.of(name, known.keySet(), inputs)
                            .orElseThrow(() -> missing(name, known.keySet())));
        }
        return form.create(values);
    }

    private RuntimeException missing(String name, Set<String> known) {
        return tokens.fault(
                mnemonic, mnemonic.text() + " lacks the attribute " + name, "it has " + String.join(", ", known));
    }
}
