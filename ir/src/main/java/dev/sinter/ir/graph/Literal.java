package dev.sinter.ir.graph;

import java.util.ArrayList;
import java.util.List;

/// A value as it is written, before anyone knows which type it should have.
sealed interface Literal {
    /// Where it begins.
    Token at();

    record One(Token at) implements Literal {}

    record Many(Token at, List<One> items) implements Literal {
        public Many {
            items = List.copyOf(items);
        }
    }

    static Literal parse(Lexer tokens) {
        Token open = tokens.peek();
        if (!tokens.accept('[')) {
            return one(tokens);
        }
        List<One> items = new ArrayList<>();
        while (!tokens.accept(']')) {
            if (!items.isEmpty()) {
                tokens.expect(',', "a list's item");
            }
            items.add(one(tokens));
        }
        return new Many(open, items);
    }

    private static One one(Lexer tokens) {
        return switch (tokens.peek().kind()) {
            case WORD, NUMBER, STRING -> new One(tokens.next());
            case VALUE_NAME, NODE_NAME, PUNCTUATION, END -> throw tokens.unexpected("a number, word, string or list");
        };
    }
}
