export { applyFix, ISSUE_SEVERITIES, type ClipFacts, type IssueCode, type IssueFix, type Severity, type ValidationInput, type ValidationIssue } from './issue.ts';
export { validate, ValidationService } from './validate.ts';
