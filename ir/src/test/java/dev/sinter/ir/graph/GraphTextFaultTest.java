package dev.sinter.ir.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each row changes one thing in a valid text and says what the message must hold.
class GraphTextFaultTest {
    private static final String VALID = """
        sinter.graph 1
        graph g {
          %x: f32[1,2,6,6] = input
          %w: f32[4,2,3,3] = constant splat 0.5
          %b: f32[4] = constant [1, 2, 3, 4]
          %h: f32[1,4,4,4] = conv(%x, %w, %b) strides=[1,1]
          %p = reduce_max(%h) axes=[2,3] keep_dims=true
          return %p
        }
        """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        sinter.graph 1    | sinter.graph 2     | TEXT-002  | f:1:14: the text has format version 2 but version 1
        sinter.graph 1    | ``                 | TEXT-001  | f:2:1: found 'graph' but expected the first line
        graph g           | graph              | TEXT-001  | f:2:7: found '{' but expected the graph's name
        conv(             | konv(              | TEXT-001  | f:6:22: found 'konv'
        conv(             | konv(              | TEXT-001  | did you mean conv?
        conv(%x           | conv(%y            | GRAPH-002 | f:6:27: %y is read but nothing before it defines it
        conv(%x           | conv(%             | TEXT-001  | f:6:27: found '%' without a name
        strides=[1,1]     | stride=[1,1]       | TEXT-001  | it has strides, pads, dilations, groups
        strides=[1,1]     | strides=[1,one]    | TEXT-001  | f:6:50: attribute strides is 'one' but an integer
        strides=[1,1]     | strides=1          | TEXT-001  | attribute strides is '1' but a list, each item an integer
        strides=[1,1]     | groups=[1]         | TEXT-001  | attribute groups is a list but an integer is expected
        strides=[1,1]     | groups=1 groups=1  | TEXT-001  | found attribute 'groups' twice
        strides=[1,1]     | strides=[0,1]      | ATTR-001  | f:6:22 h (conv): strides [0, 1] must be at least 1
        strides=[1,1]     | pads=[9223372036854775807,0,0,0] | | f:6:22
        keep_dims=true    | keep_dims=1        | TEXT-001  | attribute keep_dims is '1' but true or false
        keep_dims=true    | ``                 | TEXT-001  | f:7:8: reduce_max lacks the attribute keep_dims
        f32[1,4,4,4]      | f32[1,4,4,5]       | GRAPH-005 | f:6:3: %h is claimed to be f32[1,4,4,5] but conv yields
        f32[1,4,4,4]      | float[1,4,4,4]     | TEXT-001  | f:6:7: found 'float' but expected an element type
        f32[1,4,4,4]      | f32[1,-4,4,4]      | TEXT-001  | f:6:10: extent -4
        f32[1,4,4,4]      | f32 1              | TEXT-001  | f:6:11: found '1' but expected '['
        f32[4,2,3,3]      | f32[4,3,3,3]       | SHAPE-003 | f:6:22 h (conv): input has 2 channels
        f32[4,2,3,3]      | f32[4000000000000,2,3,3] | TEXT-001 | has 72000000000000 elements but at most
        splat 0.5         | splat half         | TEXT-001  | f:4:37: found 'half' but expected a value that fits f32
        splat 0.5         | splat 1e39         | TEXT-001  | found '1e39' but expected a value that fits f32
        splat 0.5         | splat 0x1p3        | TEXT-001  | found '0x1p3' but expected a value that fits f32
        splat 0.5         | elided             | TEXT-001  | f:4:31: found elided
        splat 0.5         | zeros              | TEXT-001  | f:4:31: found 'zeros' but expected splat VALUE
        splat 0.5         | base64 "AAAA"      | TEXT-001  | found 3 bytes but expected whole elements
        splat 0.5         | base64 "AAAAAA=="  | TEXT-001  | found only 4 bytes but f32[4,2,3,3] has 288
        splat 0.5         | base64 "?"         | TEXT-001  | expected base64
        splat 0.5         | random             | TEXT-001  | expected a seed
        [1, 2, 3, 4]      | [1, 2, 3]          | TEXT-001  | f:5:25: found 3 values but f32[4] has 4
        [1, 2, 3, 4]      | [1, 2, 3, 4, 5]    | TEXT-001  | found more than 4 values but f32[4] has 4
        [1, 2, 3, 4]      | [1 2 3 4]          | TEXT-001  | f:5:28: found '2' but expected ',' after a value
        %b: f32[4]        | %b                 | TEXT-001  | found 1 results without a type
        %b: f32[4]        | %w: f32[4]         | GRAPH-003 | f:5:3: %w is defined, but line 4 defined it already
        %p = reduce       | %p, %q = reduce    | GRAPH-001 | f:7:12: found 2 results but reduce_max yields 1
        return %p         | return             | TEXT-001  | f:9:1: found '}' but expected the %name of a graph output
        return %p         | }                  | TEXT-001  | f:8:3: found '}' but expected a statement
        %p                | %"p                | TEXT-001  | a string that does not end on its line
        %p                | %"\\x"             | TEXT-001  | expected one of
        %p                | %"\\u12"           | TEXT-001  | four hexadecimal digits
        = input           | = input ;          | TEXT-001  | f:3:28: found ';', which begins nothing
        """)
    void the_message_says_where_and_what(String from, String to, String code, String expected) {
        String text = VALID.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
        var fault = assertThrows(CompileException.class, () -> GraphParser.parse(text, "f"));
        assertTrue(fault.toString().contains(expected), fault.toString());
        if (code != null) {
            assertEquals(code, fault.code().text(), fault.getMessage());
        }
    }
}
