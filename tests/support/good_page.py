"""A page without a fault, for the inspector's own tests: each of them breaks one thing in it."""

from __future__ import annotations

from tests.support.pages import Visit

VISIT = Visit(
    "/registrations/abc/lead-provider",
    422,
    {"content-security-policy": "script-src 'nonce-n1'"},
    data=frozenset({"St Oswin's Hub"}),
)

GOOD_PAGE = """<!DOCTYPE html>
<html lang="en" class="govuk-template">
<head>
<meta charset="utf-8">
<title>Error: Which lead provider? – Register early career teachers</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/site.css">
</head>
<body class="govuk-template__body">
<script nonce="n1">document.body.className += " js-enabled"</script>
<a href="#main-content" class="govuk-skip-link">Skip to main content</a>
<a href="/registrations/abc/programme" class="govuk-back-link">Back</a>
<main id="main-content">
<div class="govuk-error-summary" data-module="govuk-error-summary">
<div role="alert"><h2>There is a problem</h2>
<ul><li><a href="#lead_provider">Select a lead provider</a></li>
<li><a href="#started-day">Enter a date</a></li></ul></div>
</div>
<form method="post" action="/registrations/abc/lead-provider" novalidate>
<input type="hidden" name="csrf_token" value="token">
<fieldset aria-describedby="lead_provider-hint lead_provider-error">
<legend><h1>Which lead provider?</h1></legend>
<div id="lead_provider-hint" class="govuk-hint">It plans the training</div>
<p id="lead_provider-error" class="govuk-error-message"><span>Error:</span> Select a lead provider</p>
<input type="radio" name="lead_provider" id="lead_provider" value="1">
<label for="lead_provider">Northstar’s</label>
<input type="radio" name="lead_provider" id="lead_provider-2">
<label for="lead_provider-2">St Oswin's Hub</label>
</fieldset>
<p id="started-error" class="govuk-error-message"><span>Error:</span> Enter a date</p>
<label for="started-day">Day</label>
<input id="started-day" name="started-day" aria-describedby="started-error">
<button type="submit" class="govuk-button" data-prevent-double-click="true">Continue</button>
</form>
<table><caption>3 jobs</caption><tbody>
<tr><th scope="col">Organisation</th><th scope="col">What it does</th></tr>
<tr><th scope="row">Lead provider</th><td>Plans the training</td></tr></tbody></table>
<details><summary>More</summary><p>Words</p></details>
<p><a href="/guidance/who-does-what">More about who does what</a></p>
<p><img src="/static/picture.png" alt=""></p>
</main>
<footer><a href="/accessibility">Accessibility</a>
<a href="/cookies">Cookies</a> <a href="/privacy">Privacy</a>
<a href="/guidance/who-does-what">Who does what</a></footer>
<script type="module" src="/static/site.js" nonce="n1"></script>
</body>
</html>
"""
