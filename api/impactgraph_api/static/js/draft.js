// The page works without this. With it a document can be dropped, its way is shown, and it can be
// called back.
document.documentElement.classList.add('js');
const form = document.getElementById('upload');
const file = document.getElementById('file');
const drop = document.getElementById('drop');
const bar = document.getElementById('bar');
const status = document.getElementById('status');
const cancel = document.getElementById('cancel');
const refusal = document.getElementById('refusal');
const again = document.getElementById('again');
const submit = form.querySelector('[type=submit]');
const words = form.dataset;
let running = null;

function rest(message = '') {
  running = null;
  bar.hidden = true;
  const focused = document.activeElement === cancel;
  cancel.hidden = true;
  submit.disabled = false;
  file.disabled = false;
  if (focused) submit.focus();
  status.textContent = message;
}

function refuse(heading, detail, remedy, retry = false) {
  rest();
  refusal.querySelector('h2').textContent = heading;
  refusal.querySelector('[data-part=detail]').textContent = detail;
  refusal.querySelector('[data-part=remedy]').textContent = remedy ?? '';
  again.hidden = !retry;
  refusal.hidden = false;
  refusal.focus();
}

function send() {
  if (running || !file.files.length) return;
  refusal.hidden = true;
  if (file.files[0].size > Number(words.largest)) {
    refuse(words.tooLarge, words.sizeDetail, words.sizeRemedy);
    return;
  }
  const body = new FormData(form);
  running = new XMLHttpRequest();
  running.open('POST', form.action);
  running.setRequestHeader('Accept', 'application/json');
  running.responseType = 'json';
  running.upload.addEventListener('progress', (event) => {
    if (!event.lengthComputable) return;
    bar.value = (100 * event.loaded) / event.total;
    status.textContent = `${words.uploading}: ${Math.round(bar.value)} %`;
  });
  running.upload.addEventListener('load', () => {
    bar.removeAttribute('value');
    status.textContent = words.reading;
  });
  running.addEventListener('load', ({ target }) => {
    const answer = target.response ?? {};
    if (target.status === 201) {
      location.assign(answer.address);
      return;
    }
    refuse(answer.heading ?? words.offline, answer.detail ?? '', answer.remedy, target.status >= 500);
  });
  running.addEventListener('error', () => refuse(words.offline, '', words.offlineRemedy, true));
  running.addEventListener('abort', () => rest(words.cancelled));
  bar.value = 0;
  bar.hidden = false;
  cancel.hidden = false;
  submit.disabled = true;
  file.disabled = true;
  status.textContent = words.uploading;
  running.send(body);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  send();
});
cancel.addEventListener('click', () => running?.abort());
again.addEventListener('click', send);
for (const name of ['dragover', 'dragleave', 'drop']) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle('over', name === 'dragover');
  });
}
drop.addEventListener('drop', ({ dataTransfer }) => {
  if (running || !dataTransfer.files.length) return;
  file.files = dataTransfer.files;
  send();
});
window.addEventListener('pageshow', (event) => event.persisted && rest());
if (!refusal.hidden) refusal.focus();
