import { codes } from './entry.ts'

const syntax = 400
const limit = 422

/** Why a source makes no plan. All tell their place; `suggestion` has the whole source corrected, where that is beyond doubt. */
export const ofSources = codes({
  DECIMAL_COMMA: ['A comma stands in a number.', 'Write a point.', syntax],
  EMPTY_EXPRESSION: ['There is nothing to compute.', 'Write an expression.', syntax],
  IMPLICIT_MULTIPLICATION: ['Two operands stand side by side.', 'Write the `*`.', syntax],
  MALFORMED_NUMBER: ['A number is not written as one.', 'See docs/language.md.', syntax],
  MALFORMED_RANGE: ['`sum` or `product` lacks its range.', 'Write `sum(k = 1..9, k)`.', syntax],
  MISPLACED_EQUALS: ['An `=` stands where none can.', 'Bindings come first, one a line.', syntax],
  MISSING_EXPRESSION: ['After the bindings nothing follows.', 'Add the expression.', syntax],
  MISSING_OPERAND: ['An operator lacks an operand.', 'Add it, or remove the operator.', syntax],
  MISSING_OPERANDS: ['A function stands without parentheses.', 'Add them, with its operands.', syntax],
  NAME_TOO_LONG: ['A name has too many characters.', 'Use a shorter one.', syntax],
  NUMBER_TOO_LONG: ['A number has too many digits.', 'Use a shorter one.', limit],
  RANGES_TOO_DEEP: ['Too many ranges stand within each other.', 'Write fewer.', syntax],
  RANGE_TOO_LONG: ['A range makes more operations than one may.', 'Shorten it, or split the expression.', limit],
  RECURSIVE_DEFINITION: ['A name is defined by itself.', 'Use another name.', syntax],
  REDEFINED_NAME: ['A name is defined twice.', 'Use two names.', syntax],
  RESERVED_NAME: ['The name is a function’s.', 'Use another one.', syntax],
  SEVERAL_EXPRESSIONS: ['A second expression follows.', 'Submit it by itself, or give the first a name.', syntax],
  SOURCE_TOO_LONG: ['The source has too many characters.', 'Shorten or split it.', limit],
  SPACE_IN_NUMBER: ['White space stands within a number.', 'Remove it.', syntax],
  TOO_MANY_DIGITS: ['All numbers together have too many digits.', 'Use fewer or shorter ones.', limit],
  UNCLOSED_PARENTHESIS: ['A parenthesis is not closed.', 'Close it.', syntax],
  UNKNOWN_CHARACTER: ['A character has no meaning.', 'Remove it.', syntax],
  UNKNOWN_FUNCTION: ['No operation has this name.', 'The message names the nearest; `operations` lists all.', syntax],
  UNKNOWN_NAME: ['A name is not defined.', 'Define it first.', syntax],
  UNKNOWN_RANGE: [
    'The bounds of a range are no whole numbers that are known when it is read.',
    'Write numbers.',
    syntax,
  ],
  UNOPENED_PARENTHESIS: ['A parenthesis is closed that was not opened.', 'Remove it, or open it.', syntax],
  UNUSED_NAME: ['A name is defined and not used.', 'Use it, or remove it.', syntax],
  USED_BEFORE_DEFINITION: ['A name is used above its definition.', 'Move the definition up.', syntax],
  WRONG_OPERAND_COUNT: ['A function has too many or too few operands.', 'The message tells how many it takes.', syntax],
})
